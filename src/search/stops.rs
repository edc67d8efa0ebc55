//! Words that say nothing by themselves, by language: they are looked for in titles and names only, and do not count as missing.
//!
//! Folded, divided by spaces. A language without a list has none.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// The list of a language.
#[derive(Debug, Default)]
pub struct Stops {
    /// As it stands below.
    pub text: &'static str,
    words: FxHashSet<&'static str>,
}

impl Stops {
    /// Whether a folded word is on the list.
    pub fn has(&self, folded: &str) -> bool {
        self.words.contains(folded)
    }
}

static NONE: LazyLock<Stops> = LazyLock::new(Stops::default);

static ALL: LazyLock<FxHashMap<&'static str, Stops>> = LazyLock::new(|| {
    let lists = [
        ("en", EN),
        ("es", ES),
        ("fr", FR),
        ("pt", PT),
        ("de", DE),
        ("it", IT),
        ("nl", NL),
        ("pl", PL),
        ("vi", VI),
        ("ar", AR),
        ("ru", RU),
        ("uk", UK),
    ];
    lists.into_iter().map(|(lang, text)| (lang, Stops { text, words: text.split(' ').collect() })).collect()
});

/// That of the language of that tag.
pub fn of(lang: &str) -> &'static Stops {
    ALL.get(lang.split(['-', '_']).next().unwrap_or(lang)).unwrap_or(&NONE)
}

const EN: &str = "a about after all also am an and any are as at be because been before being both but by can cant could did do does doing done dont during each either else ever every few for from get gets getting go goes going got had has have having he her here hers him his how i if im in into is isnt it its ive just know let like ll lot make may me mean means might mine more most much must my need needs no nor not now of off on one only onto or other our ours out own put re really said say says see shall she should so some such take tell than that the their theirs them then there these they thing things this those though to too under until up upon us use used very want wants was way we well were what when where which while who whom whose why will with within without wont would you your yours kid kids child children son daughter nobody anybody somebody everybody someone anyone everyone nothing something anything everything give gives given";
const ES: &str = "a acerca al algo algun alguna algunas alguno algunos ante antes aquel asi aun aunque cada como con contra cual cuales cualquier cuando cuanto cuanta cuantos cuantas de del desde donde dos e el ella ellas ellos en entonces entre era eran es esa esas ese eso esos esta estaba estan estar estas este esto estos estoy fue ha haber habia han hasta hay he hay hago hacer hace hacen la las le les lo los mas me mi mis mucho muy necesita necesito ni no nos nosotros nuestra nuestro o otra otras otro otros para pero poco por porque pueda puede pueden puedo pues que quien quienes quiere quieren quiero se sea segun ser si sido sin sobre solo son soy su sus tal tambien tan tanto te tener tengo ti tiene tienen todo todos toda todas tu tus un una unas uno unos usted ustedes va van voy y ya yo hijo hija hijos hijas nino nina ninos ninas dar da dan nadie nada alguien ninguno ninguna";
const FR: &str = "a ai as au aux avec ce ces cet cette comme dans de des du elle elles en est et etre il ils j je l la le les leur lui ma mais me mes mon n ne nos notre nous on ou par pas peut pour qu que quel quelle quand qui s sa se ses si son sont sur t ta te tes ton tu un une vos votre vous y d c m enfant enfants";
const PT: &str = "a ao aos as com como da das de do dos e ela ele em entre era essa esse esta este eu foi ha isso isto ja la lhe mais mas me meu minha na nas nao no nos o os ou para pela pelo pode por qual quando que quem se sem ser seu sua so sua tem um uma voce filho filha crianca";
const DE: &str = "aber als am an auch auf aus bei bin bis da das dass dem den der des die du durch ein eine einem einen einer er es fur habe haben hat ich ihr im in ist ja kann mein meine mich mir mit nach nicht noch nur oder sein sich sie sind so uber um und uns unser vom von was wenn wer wie wir wird wo zu zum zur kind kinder";
const IT: &str = "a ai al alla alle anche che chi ci come con da dal dalla dei del della delle di dove e ed gli ha ho i il in io la le lo ma mi mia mio nei nel nella non o per piu puo quando quanto questa questo se si sono su sua suo tra tu un una uno vi figlio figlia bambino";
const NL: &str = "aan als bij dan dat de der deze die dit door een en er haar had heb hebben heeft het hij hoe ik in is je kan maar me met mijn naar niet nog nu of om onder ons ook op over te tot uit van voor waar wanneer wat we wie wij wordt zal ze zich zijn kind kinderen";
const PL: &str = "a ale aby co czy dla do gdzie i ich jak jaka jest je jego jej kiedy kto ktora ktory lub ma mam mi mnie moj moja moje na nie o od po przez sa sie ta tak te tego ten to tu w we z za ze zeby dziecko dziecka";
const VI: &str = "anh bi boi cac cach cai cho chung co con cua cung da de do duoc gi hay khi khong la lam lai len mot nao nay neu nguoi nhu nhung o phai ra rang se thi toi trong tu va van vao ve vi voi";
const AR: &str = "في من الي على علي عن ما ماذا متى متي كيف اين هل هو هي هم هذا هذه ذلك تلك التي الذي الذين ان او ثم لا لم لن قد كان كانت يكون تكون كل مع بعد قبل بين حتي اذا لكن و يا طفلي طفل ابني ابنتي";
const RU: &str = "а без бы был была были в во вот все вы где да для до его ее если есть еще же за и из или им их к как когда кто ли меня мне мои моя мы на не нет но о об он она они от по под при с со так такой там то только ты у уже что чтобы это я ребенок ребенка";
const UK: &str = "а без був була в вже ви від він вона вони все де для до є за з і із її його й к коли мене мені мій моя ми на не ні о об от по при про та так там ти то у хто це чи що як я дитина дитини";
