//! Each host's file from one site: redirects, what lasts, limits with their numbers.

use super::*;

/// A site with so many old addresses below `/guide`.
fn site(redirects: usize) -> Site {
    let all = [
        ("assets/style.0a.css", true),
        ("assets/favicon.svg", false),
        ("assets/icons/a.1b.svg", true),
        ("index.html", false),
    ];
    Site {
        address: Some("https://www.example.org/guide".to_owned()),
        redirects: (0..redirects)
            .map(|n| Redirect { from: format!("old/page-{n}.html"), to: format!("new/page-{n}.html") })
            .collect(),
        lasting: lasting(all.into_iter()),
        types: [("html", "text/html; charset=utf-8"), ("webmanifest", "application/manifest+json")]
            .into_iter()
            .map(|(extension, kind)| (extension.to_owned(), kind))
            .collect(),
        not_found: true,
        ..Site::default()
    }
}

fn file(host: Host, site: &Site, name: &str) -> String {
    let made = files(host, site);
    made.files.into_iter().find(|(path, _)| path == name).map(|(_, text)| text).unwrap()
}

fn limits(host: Host, site: &Site) -> Vec<String> {
    files(host, site).limits.into_iter().map(|limit| limit.message).collect()
}

/// At the top of a host.
fn at_top(mut site: Site) -> Site {
    site.address = Some("https://guide.example.org".to_owned());
    site
}

#[test]
fn what_lasts_is_said_in_the_fewest_rules() {
    let all = [
        ("assets/a.1.css", true),
        ("assets/b.svg", false),
        ("assets/icons/x.1.svg", true),
        ("assets/icons/in/y.1.svg", true),
        ("index.html", false),
    ];
    let rules = [Lasting::Folder("assets/icons/".into()), Lasting::File("assets/a.1.css".into())];
    assert_eq!(lasting(all.into_iter()), rules);
    assert_eq!(lasting([("a/b", false)].into_iter()), []);
}

#[test]
fn the_index_of_a_folder_is_asked_for_in_three_ways() {
    let redirect = Redirect { from: "old/index.html".into(), to: "index.html".into() };
    assert_eq!(Site::asked(&redirect), ["old/index.html", "old/", "old"]);
    let redirect = Redirect { from: "old.html".into(), to: "index.html".into() };
    assert_eq!(Site::asked(&redirect), ["old.html"]);
    assert_eq!(shown("index.html", true), "");
    assert_eq!(shown("a/page.html", true), "a/page");
    assert_eq!(shown("a/my-index.html", false), "a/my-index.html");
}

#[test]
fn names_are_written_as_each_host_reads_them() {
    let mut site = site(0);
    site.redirects = vec![Redirect { from: "old (1)/a+b niño.html".into(), to: "new & $1/ä.html".into() }];
    let netlify = file(Host::Netlify, &site, "_redirects");
    assert!(netlify.contains("/guide/old%20(1)/a+b%20ni%C3%B1o.html /guide/new%20"), "{netlify}");
    let apache = file(Host::Apache, &site, ".htaccess");
    assert!(
        apache
            .contains(r#"RedirectMatch 301 "^/guide/old \(1\)/a\+b niño\.html$" "/guide/new \& \$1/ä.html""#),
        "{apache}"
    );
    let nginx = file(Host::Nginx, &site, ".guidepost-host/nginx.conf");
    assert!(
        nginx.contains("location = \"/guide/old (1)/a+b niño.html\" { return 301 \"/guide/new%20"),
        "{nginx}"
    );
    let iis = file(Host::Iis, &site, "web.config");
    assert!(iis.contains("<location path=\"old (1)/a+b niño.html\">"), "{iis}");
    site.redirects = vec![Redirect { from: "it's.html".into(), to: "index.html".into() }];
    assert!(
        file(Host::S3, &site, ".guidepost-host/s3.sh")
            .contains(r#""$here"/'it'\''s.html' "$to"/'it'\''s.html'"#)
    );
}

#[test]
fn a_policy_is_said_where_there_is_one() {
    let text = file(Host::Azure, &site(1), "staticwebapp.config.json");
    for (policy, said) in
        [(Some("default-src 'none'; img-src 'self'"), true), (None, false), (Some("a\"b"), false)]
    {
        let whole = finished(&text, policy);
        let json: serde_json::Value = serde_json::from_str(&whole).unwrap();
        assert_eq!(json["globalHeaders"].get("Content-Security-Policy").is_some(), said, "{whole}");
        assert_eq!(json["globalHeaders"]["X-Content-Type-Options"], "nosniff");
    }
    for (host, ..) in Host::ALL {
        for (_, text) in files(host, &site(2)).files {
            assert!(!finished(&text, Some("default-src 'none'")).contains(POLICY), "{host:?}");
            assert!(!finished(&text, None).to_lowercase().contains("content-security"), "{host:?}");
        }
    }
}

#[test]
fn each_limit_is_told_with_its_number_and_nothing_is_cut_in_silence() {
    for (host, ..) in Host::ALL {
        let told = limits(host, &at_top(site(60)));
        assert!(told.is_empty(), "{host:?}: {told:?}");
    }
    let many = at_top(site(12_000));
    assert_eq!(
        limits(Host::Netlify, &many),
        ["There are 12000 redirects, and Netlify advises 10,000 at most."]
    );
    let told = limits(Host::Cloudflare, &many);
    assert_eq!(
        told,
        [
            "11001 of 12000 old addresses have no rule: Cloudflare takes 2,000 rules, and an address needs up to four."
        ]
    );
    let rules = file(Host::Cloudflare, &many, "_redirects");
    assert_eq!(rules.lines().filter(|line| line.ends_with(" 301")).count(), 1_999);

    let text = file(Host::Azure, &many, "staticwebapp.config.json");
    assert!(finished(&text, Some(&"p".repeat(1_000))).len() <= 20 * 1024, "{}", text.len());
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let kept = json["routes"].as_array().unwrap().iter().filter(|r| r["statusCode"] == 301).count();
    let told = format!(
        "{} of 12000 old addresses have no rule: Azure takes a file of 20 KB at most.",
        12_000 - kept
    );
    assert_eq!((limits(Host::Azure, &many), kept > 100), (vec![told], true));

    let long =
        Site { redirects: vec![Redirect { from: "a".repeat(1_000), to: "b".into() }], ..at_top(site(0)) };
    assert_eq!(
        limits(Host::Cloudflare, &long),
        ["1 old addresses are longer than the 1,000 letters that Cloudflare takes."]
    );
    let big = Site { bytes: 2 << 30, sizes: vec![("film.mp4".into(), 26 << 20)], ..at_top(site(0)) };
    assert_eq!(limits(Host::Cloudflare, &big).len(), 1);
    assert_eq!(
        [20_000, 20_001].map(|count| too_many(Host::Cloudflare, count).map(|limit| limit.message)),
        [None, Some("The site has 20001 files, and Cloudflare takes 20,000 at most.".to_owned())]
    );
    assert_eq!(too_many(Host::Netlify, 50_000), None);
    // The file with the whole site is weighed when it is made.
    assert_eq!(too_large(Host::Cloudflare, "guide.zip", 25 << 20), None);
    assert_eq!(
        too_large(Host::Cloudflare, "guide.zip", 27 << 20).map(|limit| limit.message).as_deref(),
        Some("\"guide.zip\" has 27 MB; Cloudflare takes files of 25 MB at most.")
    );
    assert_eq!(too_large(Host::Apache, "guide.zip", 1 << 40), None);
    let more = |count: usize| Site { sizes: vec![("a.mp4".into(), 26 << 20); count], ..at_top(site(0)) };
    for (count, said) in [(2, "26 MB, and so has one more;"), (3, "26 MB, and so have 2 more;")] {
        let told = limits(Host::Cloudflare, &more(count));
        assert!(told[0].contains(said), "{told:?}");
    }
    assert_eq!(
        limits(Host::GithubPages, &big),
        ["The files beside the pages are 2048 MB, and GitHub Pages takes 1,024 MB at most."]
    );
    assert_eq!(limits(Host::Azure, &big).len(), 1);
    let odd =
        Site { redirects: vec![Redirect { from: "a|b.html".into(), to: "b".into() }], ..at_top(site(0)) };
    assert_eq!(limits(Host::Iis, &odd).len(), 1);
    // A folder of a host that reads its files at the top only.
    for host in [Host::Netlify, Host::Cloudflare, Host::Azure] {
        assert_eq!(limits(host, &site(1)).len(), 1, "{host:?}");
    }
    let lasting = (0..150).map(|n| Lasting::File(format!("assets/{n}.css"))).collect();
    let full = Site { lasting, ..at_top(site(0)) };
    assert!(
        limits(Host::Cloudflare, &full)[0].starts_with("150 of 150 files and folders"),
        "{:?}",
        limits(Host::Cloudflare, &full)
    );
    assert!(file(Host::Cloudflare, &full, "_headers").matches("\n/").count() <= 100);
}

/// The elements and attributes of `web.config` that Microsoft's reference documents, of those we use.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("configuration", &[]),
    ("location", &["path"]),
    ("system.webServer", &[]),
    ("staticContent", &[]),
    ("clientCache", &["cacheControlMode", "cacheControlMaxAge", "cacheControlCustom"]),
    ("remove", &["fileExtension", "name", "statusCode", "subStatusCode"]),
    ("mimeMap", &["fileExtension", "mimeType"]),
    ("httpProtocol", &[]),
    ("customHeaders", &[]),
    ("add", &["name", "value"]),
    ("httpErrors", &["errorMode"]),
    ("error", &["statusCode", "path", "responseMode"]),
    ("httpRedirect", &["enabled", "destination", "exactDestination", "httpResponseStatus"]),
];

/// The values of those attributes that take one of a list.
const VALUES: &[(&str, &[&str])] = &[
    ("cacheControlMode", &["NoControl", "DisableCache", "UseMaxAge", "UseExpires"]),
    ("cacheControlMaxAge", &["365.00:00:00"]),
    ("responseMode", &["File", "ExecuteURL", "Redirect"]),
    ("errorMode", &["DetailedLocalOnly", "Custom", "Detailed"]),
    ("enabled", &["true", "false"]),
    ("exactDestination", &["true", "false"]),
    ("httpResponseStatus", &["Found", "Permanent", "Temporary", "PermRedirect"]),
];

#[test]
fn web_config_has_documented_elements_and_what_is_added_was_removed() {
    for (host, errors) in [(Host::Iis, 0), (Host::IisFull, 1)] {
        let text = finished(&file(host, &site(3), "web.config"), Some("default-src 'none'"));
        let mut open: Vec<String> = Vec::new();
        let mut removed: Vec<String> = Vec::new();
        for tag in crate::source::html::tags(&text) {
            // Elements of XML keep their case; this reader gives them small.
            let name = tag.name().into_owned();
            let (known_name, attributes) = ELEMENTS
                .iter()
                .find(|(known, _)| known.to_lowercase() == name)
                .unwrap_or_else(|| panic!("<{name}>"));
            assert!(text[tag.range()].contains(known_name), "{}", &text[tag.range()]);
            if tag.closes {
                assert_eq!(open.pop().as_deref(), Some(name.as_str()));
                continue;
            }
            for attribute in tag.attributes() {
                let known = attributes.iter().find(|known| known.to_lowercase() == attribute.name());
                let known = known.unwrap_or_else(|| panic!("{name}: {}", attribute.name()));
                // Names of XML keep their case, and some values are of a list.
                assert!(
                    text[tag.range()].contains(&format!(" {known}=\"")),
                    "{known}: {}",
                    &text[tag.range()]
                );
                if let Some((_, values)) = VALUES.iter().find(|(name, _)| name == known) {
                    assert!(values.contains(&&*attribute.value()), "{known}: {}", attribute.value());
                }
            }
            let key = ["fileextension", "name", "statuscode"].iter().find_map(|key| tag.value(key));
            match name.as_str() {
                "remove" => removed.extend(key.map(|key| key.into_owned())),
                "mimemap" | "add" | "error" => {
                    assert!(removed.contains(&key.unwrap().into_owned()), "{name}")
                }
                _ => {}
            }
            if !tag.closes_itself {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?}");
        let top = text.split("<location").next().unwrap();
        assert_eq!(top.matches("<staticContent>").count(), 1, "a second one stops the site");
        assert_eq!(text.matches("<httpErrors").count(), errors);
        assert!(!text.contains("<rewrite"), "its module may not be there");
    }
}

#[test]
fn azure_gets_the_keys_that_its_schema_knows_and_the_exact_before_patterns() {
    let text = finished(&file(Host::Azure, &site(3), "staticwebapp.config.json"), Some("default-src 'none'"));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let keys =
        |value: &serde_json::Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let known = ["globalHeaders", "mimeTypes", "responseOverrides", "routes"];
    assert!(keys(&json).iter().all(|key| known.contains(&key.as_str())), "{:?}", keys(&json));
    let routes = json["routes"].as_array().unwrap();
    for route in routes {
        let known = ["route", "redirect", "statusCode", "headers"];
        assert!(keys(route).iter().all(|key| known.contains(&key.as_str())), "{route}");
        assert!(route.get("redirect").is_none() || route["statusCode"] == 301, "{route}");
        let path = route["route"].as_str().unwrap();
        assert!(
            path.starts_with("/guide/") && path.find('*').is_none_or(|at| at + 1 == path.len()),
            "{route}"
        );
    }
    let pattern = routes.iter().position(|route| route["route"].as_str().unwrap().ends_with('*'));
    let exact = routes.iter().rposition(|route| route.get("redirect").is_some());
    assert!(exact < pattern, "the first that fits counts: {exact:?} {pattern:?}");
    assert_eq!(json["responseOverrides"]["404"]["rewrite"], "/guide/404.html");
    assert!(keys(&json["mimeTypes"]).iter().all(|extension| extension.starts_with('.')));
}

#[test]
fn cloudflare_compares_letters_as_browsers_ask() {
    let from = |name: &str| Redirect { from: name.into(), to: "new.html".into() };
    let names = ["x/a&b.html", "x/it's.html", "x/p (1).html", "x/100%.html", "ñ/a+b.html"];
    let site = at_top(Site { redirects: names.into_iter().map(from).collect(), ..site(0) });
    let rules = file(Host::Cloudflare, &site, "_redirects");
    for line in [
        "/x/a&b.html /new 301\n",
        "/x/a%26b.html /new 301\n",
        "/x/a&b /new 301\n",
        "/x/it's.html /new 301\n",
        "/x/it%27s.html /new 301\n",
        "/x/p%20(1).html /new 301\n",
        "/x/100%25.html /new 301\n",
        "/%C3%B1/a+b.html /new 301\n",
    ] {
        assert_eq!(rules.matches(&format!("\n{line}")).count(), 1, "{line} {rules}");
    }
}
