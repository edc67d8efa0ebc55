//! What a new page says to the person who fills it in, in each language that the program speaks.
//!
//! All but the English, the Spanish and the Arabic words were written without a person who speaks the language.

use crate::schema::inherited;

/// The words of a new page in one language.
pub(super) struct Words {
    pub description: &'static str,
    pub draft: &'static str,
    /// Above `hidden: true` of a page of a kind that begins so.
    pub hidden: &'static str,
    pub optional: &'static str,
    pub one_of: &'static str,
    pub intro: &'static str,
    pub text: &'static str,
    /// Above `draft: true` of a page that holds the original's text.
    pub translate: &'static str,
}

/// The words in `lang` or a tag that it inherits from, else in English.
pub(super) fn words(lang: &str) -> &'static Words {
    let of = |tag: &str| WORDS.iter().find(|(known, _)| *known == tag);
    inherited(lang).chain(["en"]).find_map(of).map_or(&ENGLISH, |(_, words)| words)
}

const ENGLISH: Words = Words {
    description: "One plain sentence of 60 to 150 characters, for cards and search: delete the # and write it.",
    draft: "The values below are examples. Put in your own, then delete the line draft.",
    hidden: "Only those who have its link find this page. To show it in menus and lists, delete the line hidden.",
    optional: "These may be added: delete the # before a line.",
    one_of: "Choices",
    intro: "Say in one or two sentences what this page is about.",
    text: "Write the text here.",
    translate: "This is the original's text. Translate title, description and text, then delete the line draft.",
};

/// All languages.
pub(super) static WORDS: &[(&str, Words)] = &[
    ("en", ENGLISH),
    (
        "ar",
        Words {
            description: "جملة بسيطة من 60 إلى 150 حرفًا للقوائم والبحث: احذفوا علامة # واكتبوها.",
            draft: "القيم أدناه أمثلة. اكتبوا قيمكم ثم احذفوا السطر draft.",
            hidden: "لا يجد هذه الصفحة إلا من لديه رابطها. لإظهارها في القوائم احذفوا السطر hidden.",
            optional: "هذه الحقول اختيارية: احذفوا علامة # قبل السطر.",
            one_of: "الخيارات",
            intro: "اكتبوا في جملة أو جملتين موضوع هذه الصفحة.",
            text: "اكتبوا النص هنا.",
            translate: "هذا نص الصفحة الأصلية. ترجموا العنوان والوصف والنص، ثم احذفوا السطر draft.",
        },
    ),
    (
        "bn",
        Words {
            description: "তালিকা ও অনুসন্ধানের জন্য 60 থেকে 150 অক্ষরের একটি সহজ বাক্য: # মুছে সেটি লিখুন।",
            draft: "নিচের মানগুলো উদাহরণ। নিজের মান লিখুন, তারপর draft লাইনটি মুছুন।",
            hidden: "যাঁর কাছে লিংক আছে, শুধু তিনিই এই পৃষ্ঠাটি পাবেন। মেনু ও তালিকায় দেখাতে hidden লাইনটি মুছুন।",
            optional: "এগুলো যোগ করা যেতে পারে: লাইনের আগের # মুছুন।",
            one_of: "বিকল্প",
            intro: "এই পৃষ্ঠাটি কী নিয়ে, তা এক বা দুই বাক্যে লিখুন।",
            text: "এখানে লেখা লিখুন।",
            translate: "এটি মূল পৃষ্ঠার লেখা। শিরোনাম, বিবরণ ও লেখা অনুবাদ করুন, তারপর draft লাইনটি মুছুন।",
        },
    ),
    (
        "de",
        Words {
            description: "Ein einfacher Satz von 60 bis 150 Zeichen für Listen und Suche: das # löschen und ihn schreiben.",
            draft: "Die Werte unten sind Beispiele. Eigene eintragen, dann die Zeile draft löschen.",
            hidden: "Nur wer den Link hat, findet diese Seite. Soll sie in Menüs und Listen stehen, die Zeile hidden löschen.",
            optional: "Das kann ergänzt werden: das # vor der Zeile löschen.",
            one_of: "Auswahl",
            intro: "Sagen Sie in ein oder zwei Sätzen, worum es auf dieser Seite geht.",
            text: "Schreiben Sie den Text hierher.",
            translate: "Das ist der Text des Originals. Titel, Beschreibung und Text übersetzen, dann die Zeile draft löschen.",
        },
    ),
    (
        "es",
        Words {
            description: "Una oración sencilla de 60 a 150 caracteres, para listas y búsqueda: borre el # y escríbala.",
            draft: "Los valores de abajo son ejemplos. Escriba los suyos y borre la línea draft.",
            hidden: "Solo quien tiene el enlace encuentra esta página. Para mostrarla en menús y listas, borre la línea hidden.",
            optional: "Estos datos son opcionales: borre el # delante de la línea.",
            one_of: "Opciones",
            intro: "Diga en una o dos oraciones de qué trata esta página.",
            text: "Escriba el texto aquí.",
            translate: "Este es el texto del original. Traduzca el título, la descripción y el texto, y borre la línea draft.",
        },
    ),
    (
        "fr",
        Words {
            description: "Une phrase simple de 60 à 150 caractères, pour les listes et la recherche : effacez le # et écrivez-la.",
            draft: "Les valeurs ci-dessous sont des exemples. Mettez les vôtres, puis effacez la ligne draft.",
            hidden: "Seules les personnes qui ont le lien trouvent cette page. Pour la montrer dans les menus et les listes, effacez la ligne hidden.",
            optional: "Ces champs sont facultatifs : effacez le # devant une ligne.",
            one_of: "Choix",
            intro: "Dites en une ou deux phrases de quoi parle cette page.",
            text: "Écrivez le texte ici.",
            translate: "Voici le texte de l’original. Traduisez le titre, la description et le texte, puis effacez la ligne draft.",
        },
    ),
    (
        "hi",
        Words {
            description: "सूचियों और खोज के लिए 60 से 150 अक्षरों का एक सरल वाक्य: # हटाकर उसे लिखें।",
            draft: "नीचे के मान उदाहरण हैं। अपने मान लिखें, फिर draft वाली पंक्ति हटाएँ।",
            hidden: "यह पृष्ठ केवल उन्हीं को मिलता है जिनके पास इसका लिंक है। इसे मेनू और सूचियों में दिखाने के लिए hidden वाली पंक्ति हटाएँ।",
            optional: "इन्हें जोड़ा जा सकता है: पंक्ति के आगे का # हटाएँ।",
            one_of: "विकल्प",
            intro: "एक या दो वाक्यों में लिखें कि यह पृष्ठ किस बारे में है।",
            text: "यहाँ पाठ लिखें।",
            translate: "यह मूल पृष्ठ का पाठ है। शीर्षक, विवरण और पाठ का अनुवाद करें, फिर draft वाली पंक्ति हटाएँ।",
        },
    ),
    (
        "ht",
        Words {
            description: "Yon fraz senp ki gen 60 a 150 karaktè, pou lis yo ak rechèch la: efase # la epi ekri li.",
            draft: "Valè ki anba yo se egzanp. Mete pa ou yo, epi efase liy draft la.",
            hidden: "Se sèlman moun ki gen lyen an ki jwenn paj sa a. Pou montre li nan meni ak lis yo, efase liy hidden la.",
            optional: "Ou ka ajoute sa yo: efase # ki devan liy lan.",
            one_of: "Chwa",
            intro: "Di nan youn oswa de fraz sou kisa paj sa a ye.",
            text: "Ekri tèks la isit la.",
            translate: "Sa a se tèks paj orijinal la. Tradui tit la, deskripsyon an ak tèks la, epi efase liy draft la.",
        },
    ),
    (
        "ja",
        Words {
            description: "一覧と検索に使う、60〜150文字のわかりやすい一文です。# を消して書いてください。",
            draft: "下の値は例です。自分の内容に書きかえてから、draft の行を消してください。",
            hidden: "このページは、リンクを知っている人だけが見られます。メニューや一覧に出すには、hidden の行を消してください。",
            optional: "次の項目は追加できます。行の前の # を消してください。",
            one_of: "選択肢",
            intro: "このページの内容を、一文か二文で書いてください。",
            text: "ここに本文を書いてください。",
            translate: "これは元のページの文章です。題名、説明、本文を訳してから、draft の行を消してください。",
        },
    ),
    (
        "ko",
        Words {
            description: "목록과 검색에 쓰이는 60~150자의 쉬운 문장 하나입니다. #을 지우고 쓰세요.",
            draft: "아래 값은 예시입니다. 알맞은 내용으로 바꾼 다음 draft 줄을 지우세요.",
            hidden: "링크를 아는 사람만 이 페이지를 볼 수 있습니다. 메뉴와 목록에 보이게 하려면 hidden 줄을 지우세요.",
            optional: "다음 항목을 추가할 수 있습니다. 줄 앞의 #을 지우세요.",
            one_of: "선택 항목",
            intro: "이 페이지가 무엇에 관한 것인지 한두 문장으로 쓰세요.",
            text: "여기에 본문을 쓰세요.",
            translate: "원본 페이지의 글입니다. 제목, 설명, 본문을 번역한 다음 draft 줄을 지우세요.",
        },
    ),
    (
        "ne",
        Words {
            description: "सूची र खोजका लागि 60 देखि 150 अक्षरको एउटा सरल वाक्य: # मेटेर लेख्नुहोस्।",
            draft: "तलका मानहरू उदाहरण हुन्। आफ्ना मान लेख्नुहोस्, त्यसपछि draft हरफ मेट्नुहोस्।",
            hidden: "लिङ्क हुनेले मात्र यो पृष्ठ भेट्टाउँछन्। मेनु र सूचीमा देखाउन hidden हरफ मेट्नुहोस्।",
            optional: "यी थप्न सकिन्छ: हरफअगाडिको # मेट्नुहोस्।",
            one_of: "विकल्पहरू",
            intro: "यो पृष्ठ केबारे हो, एक वा दुई वाक्यमा लेख्नुहोस्।",
            text: "यहाँ पाठ लेख्नुहोस्।",
            translate: "यो मूल पृष्ठको पाठ हो। शीर्षक, विवरण र पाठ अनुवाद गर्नुहोस्, त्यसपछि draft हरफ मेट्नुहोस्।",
        },
    ),
    (
        "pl",
        Words {
            description: "Jedno proste zdanie, od 60 do 150 znaków, do list i wyszukiwarki: usuń # i napisz je.",
            draft: "Wartości poniżej to przykłady. Wpisz własne, a potem usuń wiersz draft.",
            hidden: "Tę stronę znajdzie tylko ten, kto ma link. Aby pokazać ją w menu i na listach, usuń wiersz hidden.",
            optional: "To można dodać: usuń # na początku wiersza.",
            one_of: "Do wyboru",
            intro: "Napisz w jednym lub dwóch zdaniach, o czym jest ta strona.",
            text: "Tutaj wpisz tekst.",
            translate: "To jest tekst oryginału. Przetłumacz tytuł, opis i tekst, a potem usuń wiersz draft.",
        },
    ),
    (
        "pt",
        Words {
            description: "Uma frase simples de 60 a 150 caracteres, para listas e busca: apague o # e escreva-a.",
            draft: "Os valores abaixo são exemplos. Coloque os seus e depois apague a linha draft.",
            hidden: "Só quem tem o link encontra esta página. Para mostrá-la em menus e listas, apague a linha hidden.",
            optional: "Estes dados são opcionais: apague o # antes da linha.",
            one_of: "Opções",
            intro: "Diga em uma ou duas frases do que trata esta página.",
            text: "Escreva o texto aqui.",
            translate: "Este é o texto do original. Traduza o título, a descrição e o texto e depois apague a linha draft.",
        },
    ),
    (
        "ru",
        Words {
            description: "Одно простое предложение, от 60 до 150 знаков, для списков и поиска: удалите # и напишите его.",
            draft: "Значения ниже — примеры. Впишите свои, затем удалите строку draft.",
            hidden: "Эту страницу найдёт только тот, у кого есть ссылка. Чтобы показать её в меню и списках, удалите строку hidden.",
            optional: "Это можно добавить: удалите # в начале строки.",
            one_of: "Варианты",
            intro: "Напишите в одном-двух предложениях, о чём эта страница.",
            text: "Напишите текст здесь.",
            translate: "Это текст оригинала. Переведите заголовок, описание и текст, затем удалите строку draft.",
        },
    ),
    (
        "so",
        Words {
            description: "Hal weedh oo fudud, 60 ilaa 150 xaraf, oo loogu talagalay liisaska iyo raadinta: tir # oo qor.",
            draft: "Qiimayaasha hoose waa tusaalooyin. Geli kuwaaga, dabadeed tir sadarka draft.",
            hidden: "Boggan waxaa hela oo keliya qofka haysta xiriirka. Si aad uga muujiso liisaska, tir sadarka hidden.",
            optional: "Kuwan waa lagu dari karaa: tir # ka horreeya sadarka.",
            one_of: "Doorashooyin",
            intro: "Ku sheeg hal ama laba weedhood waxa boggani ku saabsan yahay.",
            text: "Qoraalka halkan ku qor.",
            translate: "Kani waa qoraalka bogga asalka ah. Turjun cinwaanka, sharraxaadda iyo qoraalka, dabadeed tir sadarka draft.",
        },
    ),
    (
        "tl",
        Words {
            description: "Isang simpleng pangungusap na may 60 hanggang 150 karakter, para sa mga listahan at paghahanap: burahin ang # at isulat ito.",
            draft: "Mga halimbawa ang nasa ibaba. Ilagay ang sa inyo, saka burahin ang linyang draft.",
            hidden: "Ang may link lang ang makakakita ng pahinang ito. Para ipakita ito sa mga menu at listahan, burahin ang linyang hidden.",
            optional: "Maaaring idagdag ang mga ito: burahin ang # sa unahan ng linya.",
            one_of: "Mga pagpipilian",
            intro: "Sabihin sa isa o dalawang pangungusap kung tungkol saan ang pahinang ito.",
            text: "Isulat dito ang teksto.",
            translate: "Ito ang teksto ng orihinal. Isalin ang pamagat, paglalarawan at teksto, saka burahin ang linyang draft.",
        },
    ),
    (
        "uk",
        Words {
            description: "Одне просте речення, від 60 до 150 знаків, для списків і пошуку: видаліть # і напишіть його.",
            draft: "Значення нижче — приклади. Впишіть свої, потім видаліть рядок draft.",
            hidden: "Цю сторінку знайде лише той, хто має посилання. Щоб показати її в меню і списках, видаліть рядок hidden.",
            optional: "Це можна додати: видаліть # на початку рядка.",
            one_of: "Варіанти",
            intro: "Напишіть одним-двома реченнями, про що ця сторінка.",
            text: "Напишіть текст тут.",
            translate: "Це текст оригіналу. Перекладіть заголовок, опис і текст, потім видаліть рядок draft.",
        },
    ),
    (
        "ur",
        Words {
            description: "فہرستوں اور تلاش کے لیے 60 سے 150 حروف کا ایک سادہ جملہ: # مٹا کر اسے لکھیں۔",
            draft: "نیچے دی گئی قدریں مثالیں ہیں۔ اپنی قدریں لکھیں، پھر draft والی سطر مٹا دیں۔",
            hidden: "یہ صفحہ صرف اسے ملتا ہے جس کے پاس اس کا لنک ہو۔ اسے مینو اور فہرستوں میں دکھانے کے لیے hidden والی سطر مٹا دیں۔",
            optional: "یہ شامل کیے جا سکتے ہیں: سطر سے پہلے # مٹا دیں۔",
            one_of: "اختیارات",
            intro: "ایک یا دو جملوں میں لکھیں کہ یہ صفحہ کس بارے میں ہے۔",
            text: "متن یہاں لکھیں۔",
            translate: "یہ اصل صفحے کا متن ہے۔ عنوان، تفصیل اور متن کا ترجمہ کریں، پھر draft والی سطر مٹا دیں۔",
        },
    ),
    (
        "vi",
        Words {
            description: "Một câu đơn giản dài 60 đến 150 ký tự, dùng cho danh sách và tìm kiếm: xóa dấu # rồi viết câu đó.",
            draft: "Các giá trị bên dưới là ví dụ. Hãy điền nội dung của quý vị, rồi xóa dòng draft.",
            hidden: "Chỉ người có liên kết mới thấy trang này. Để trang hiện trong trình đơn và danh sách, hãy xóa dòng hidden.",
            optional: "Có thể thêm những mục này: xóa dấu # ở đầu dòng.",
            one_of: "Lựa chọn",
            intro: "Viết một hoặc hai câu cho biết trang này nói về điều gì.",
            text: "Viết nội dung ở đây.",
            translate: "Đây là nội dung của trang gốc. Hãy dịch tiêu đề, phần mô tả và nội dung, rồi xóa dòng draft.",
        },
    ),
    (
        "zh",
        Words {
            description: "用于列表和搜索的一句简单的话，60 到 150 个字符：删除 # 并写上这句话。",
            draft: "下面的内容是示例。请换成自己的内容，然后删除 draft 这一行。",
            hidden: "只有知道链接的人才能看到本页。要让它出现在菜单和列表中，请删除 hidden 这一行。",
            optional: "可以添加以下各项：删除行首的 #。",
            one_of: "选项",
            intro: "用一两句话说明本页的内容。",
            text: "在这里写正文。",
            translate: "这是原文。请翻译标题、说明和正文，然后删除 draft 这一行。",
        },
    ),
    (
        "zh-Hant",
        Words {
            description: "用於列表和搜尋的一句簡單的話，60 到 150 個字元：刪除 # 並寫上這句話。",
            draft: "以下內容是範例。請換成自己的內容，然後刪除 draft 這一行。",
            hidden: "只有知道連結的人才能看到本頁。要讓它出現在選單和列表中，請刪除 hidden 這一行。",
            optional: "可以加上以下各項：刪除行首的 #。",
            one_of: "選項",
            intro: "用一兩句話說明本頁的內容。",
            text: "在這裡寫正文。",
            translate: "這是原文。請翻譯標題、說明和正文，然後刪除 draft 這一行。",
        },
    ),
];
