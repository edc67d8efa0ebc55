//! What a page hands to a component: texts in the types that the component declares, with quotes in them; and menus with names.

use crate::support::{Problem, Site};

fn site(component: &str, call: &str) -> Site {
    let site = Site::plain();
    site.template(
        "components/x.html",
        &format!("{{% component {component} %}}\n[{{{{ a | json }}}}]\n{{% endcomponent x %}}\n"),
    );
    site.page("index.md", "title: Start", &format!(":::x {call}\n:::"));
    site
}

#[test]
fn a_text_of_a_page_is_read_in_the_type_that_the_component_declares() {
    for (component, call, value) in [
        ("x(a)", "a=\"3\"", "\"3\""),
        ("x(a=2)", "a=\"3\"", "3"),
        ("x(a=2)", "", "2"),
        ("x(a: integer)", "a=\"3\"", "3"),
        ("x(a: integer = 2)", "a=-3", "-3"),
        ("x(a: string)", "a=\"3\"", "\"3\""),
        ("x(a=false)", "a=\"true\"", "true"),
        ("x(a: bool)", "a=false", "false"),
        ("x(a=1.5)", "a=\"2.5\"", "2.5"),
        ("x(a: number)", "a=\"2\"", "2"),
        ("x(a: array)", "a=\"one, two\"", "[\"one\",\"two\"]"),
        ("x(a=[])", "a=\"one\"", "[\"one\"]"),
        ("x(a=None)", "a=\"3\"", "\"3\""),
        ("x(a)", "a=\"Say \\\"no\\\"\"", "\"Say \\\"no\\\"\""),
        ("x(a)", "a='it\\'s \"so\"'", "\"it\\u0027s \\\"so\\\"\""),
    ] {
        let site = site(component, call);
        site.build().clean();
        let page = site.out("index.html");
        assert!(page.contains(&format!("[{value}]")), "{component} with {call}: {page}");
    }
}

#[test]
fn what_is_not_of_the_type_is_told_where_it_is_written() {
    for (component, call, message, help) in [
        (
            "x(a: integer)",
            "a=\"three\"",
            "\"a\" of the component \"x\" must be a whole number, not \"three\".",
            "Write a=\"3\".",
        ),
        ("x(a=2)", "a=\"2.5\"", "must be a whole number, not \"2.5\"", "Write a=\"3\"."),
        ("x(a=true)", "a=\"perhaps\"", "must be true or false, not \"perhaps\"", "Write a=\"true\"."),
        ("x(a: number)", "a=\"\"", "must be a number, not \"\"", "Write a=\"2.5\"."),
        ("x(a: float)", "a=\"inf\"", "must be a number, not \"inf\"", "Write a=\"2.5\"."),
    ] {
        let site = site(component, call);
        let problems: Vec<Problem> = site.problems().into_iter().filter(|p| p.severity == "error").collect();
        let [found] = problems.as_slice() else { panic!("{component}: {problems:#?}") };
        assert_eq!(found.place(), "error[wrong-type] content/index.md:5:1", "{component}");
        assert!(found.message.contains(message), "{component}: {}", found.message);
        assert_eq!(found.help, help, "{component}");
    }
}

#[test]
fn a_menu_with_a_name_is_shown_where_the_theme_wants_it() {
    let site = Site::bilingual();
    site.template("page.html", "{% for i in menu_items(name=\"footer\") %}<a href=\"{{ i.url }}\" lang=\"{{ i.lang }}\">{{ i.title }}</a>{% for j in i.items %}({{ j.title }}){% endfor %}|{% endfor %}{{ body }}");
    site.page("a.md", "title: A", "Text.");
    site.page("es/a.md", "title: Aa", "Texto.");
    site.page("b.md", "title: B", "Text.");
    // A theme may have room for a menu that a site does without.
    site.build().clean();
    assert!(!site.out("a.html").contains("<a href"));
    let settings =
        |menus: &str| format!("title: Test\ntheme: plain\nlanguages: [en, es]\nmenus:\n  {menus}\n");
    site.file(
        "site.yaml",
        settings("footer: [a.md, {to: https://x.example/, title: {en: Board, es: Junta}, items: [b.md]}]"),
    );
    site.build().clean();
    assert!(site.out("b.html").contains(
        "<a href=\"a.html\" lang=\"en\">A</a>|<a href=\"https://x.example/\" lang=\"en\">Board</a>(B)|"
    ));
    assert!(site.out("es/b.html").contains(
        "<a href=\"a.html\" lang=\"es\">Aa</a>|<a href=\"https://x.example/\" lang=\"es\">Junta</a>(B)|"
    ));
    // It follows the pages that it names.
    site.page("es/a.md", "title: Nueva", "Texto.");
    site.build().clean();
    assert!(site.out("es/b.html").contains(">Nueva</a>"));
    for (menus, place, message) in [
        ("footer: [gone.md]", "error[menu-target] site.yaml:5:12", "leads to \"gone.md\""),
        ("footer: x", "error[wrong-type] site.yaml:5:11", "a menu must be a list"),
        (
            "foter: [a.md]",
            "error[template-render] templates/page.html:1:13",
            "site.yaml has no menu \"footer\"",
        ),
        ("[a.md]", "error[wrong-type] site.yaml:5:3", "`menus` must hold names"),
    ] {
        site.file("site.yaml", settings(menus));
        let all = site.problems();
        let found = all.iter().find(|p| p.place() == place);
        let found = found.unwrap_or_else(|| panic!("{place}: {all:#?}"));
        assert!(found.message.contains(message), "{menus}: {}", found.message);
    }
}

#[test]
fn a_theme_without_the_notice_on_unchecked_pages_must_say_so() {
    let site = Site::plain();
    let english = std::fs::read_to_string(site.root().join("themes/plain/translations/en.yaml")).unwrap();
    let without: String =
        english.lines().filter(|l| !l.starts_with("notice_unreviewed")).map(|l| format!("{l}\n")).collect();
    site.file("themes/plain/translations/en.yaml", &without);
    let problems = site.problems();
    let found = problems.iter().find(|p| p.code == "missing-text").unwrap();
    assert!(found.message.contains("notice_unreviewed"), "{}", found.message);
    for (text, shown) in [("notice_unreviewed: \"\"", false), ("notice_unreviewed: Not checked.", true)] {
        site.file("themes/plain/translations/en.yaml", format!("{without}{text}\n"));
        site.build().clean();
        assert_eq!(site.out("index.html").contains("Not checked."), shown);
        assert!(shown || !site.out("index.html").contains("class=\"notice"));
    }
}
