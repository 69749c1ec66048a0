"""Weekday names in the languages ministries print, Monday first (from Unicode CLDR)."""

from __future__ import annotations

from functools import cache

# Monday to Sunday, separated by "|"; ways to write one day by "/".
_WEEKDAYS: dict[str, str] = {
    "en": "monday/mon|tuesday/tue|wednesday/wed|thursday/thu|friday/fri|saturday/sat|sunday/sun",
    "fr": "lundi/lun|mardi/mar|mercredi/mer|jeudi/jeu|vendredi/ven|samedi/sam|dimanche/dim",
    "de": "montag/mo|dienstag/di|mittwoch/mi|donnerstag/do|freitag/fr|samstag/sa|sonntag/so",
    "es": "lunes/lun|martes/mar|miércoles/mié|jueves/jue|viernes/vie|sábado/sáb|domingo/dom",
    "pt": "segunda-feira/seg|terça-feira/ter|quarta-feira/qua|quinta-feira/qui|sexta-feira/sex|sábado/sáb|domingo/dom",
    "it": "lunedì/lun|martedì/mar|mercoledì/mer|giovedì/gio|venerdì/ven|sabato/sab|domenica/dom",
    "ca": "dilluns/dl|dimarts/dt|dimecres/dc|dijous/dj|divendres/dv|dissabte/ds|diumenge/dg",
    "gl": "luns|martes/mar|mércores/mér|xoves/xov|venres/ven|sábado/sáb|domingo/dom",
    "eu": "astelehena/al|asteartea/ar|asteazkena/az|osteguna/og|ostirala/or|larunbata/lr|igandea/ig",
    "nl": "maandag/ma|dinsdag/di|woensdag/wo|donderdag/do|vrijdag/vr|zaterdag/za|zondag/zo",
    "da": "mandag/man|tirsdag/tirs|onsdag/ons|torsdag/tors|fredag/fre|lørdag/lør|søndag/søn",
    "sv": "måndag/mån|tisdag/tis|onsdag/ons|torsdag/tors|fredag/fre|lördag/lör|söndag/sön",
    "nb": "mandag/man|tirsdag/tir|onsdag/ons|torsdag/tor|fredag/fre|lørdag/lør|søndag/søn",
    "is": (
        "mánudagur/mán|þriðjudagur/þri|miðvikudagur/mið|fimmtudagur/fim|föstudagur/fös|laugardagur/lau|sunnudagur/sun"
    ),
    "fi": (
        "maanantaina/ma/maanantai|tiistaina/ti/tiistai|keskiviikkona/ke/keskiviikko|torstaina/to/torstai|"
        "perjantaina/pe/perjantai|lauantaina/la/lauantai|sunnuntai/su"
    ),
    "et": "esmaspäev/e|teisipäev/t|kolmapäev/k|neljapäev/n|reede/r|laupäev/l|pühapäev/p",
    "lv": (
        "pirmdiena/pirmd|otrdiena/otrd|trešdiena/trešd|ceturtdiena/ceturtd|piektdiena/piektd|sestdiena/sestd|"
        "svētdiena/svētd"
    ),
    "lt": (
        "pirmadienis/pr|antradienis/an|trečiadienis/tr|ketvirtadienis/kt|penktadienis/pn|šeštadienis/št|sekmadienis/sk"
    ),
    "pl": "poniedziałek/pon|wtorek/wt|środa/śr|czwartek/czw|piątek/pt|sobota/sob|niedziela/niedz",
    "cs": "pondělí/po|úterý/út|středa/st|čtvrtek/čt|pátek/pá|sobota/so|neděle/ne",
    "sk": "pondelok/po|utorok/ut|streda/st|štvrtok/št|piatok/pi|sobota/so|nedeľa/ne",
    "sl": "ponedeljek/pon|torek/tor|sreda/sre|četrtek/čet|petek/pet|sobota/sob|nedelja/ned",
    "hr": "ponedjeljak/pon|utorak/uto|srijeda/sri|četvrtak/čet|petak/pet|subota/sub|nedjelja/ned",
    "sr": "понедељак/пон|уторак/уто|среда/сре|четвртак/чет|петак/пет|субота/суб|недеља/нед",
    "bs": "ponedjeljak/pon|utorak/uto|srijeda/sri|četvrtak/čet|petak/pet|subota/sub|nedjelja/ned",
    "mk": "понеделник/пон|вторник/вто|среда/сре|четврток/чет|петок/пет|сабота/саб|недела/нед",
    "bg": "понеделник/пн|вторник/вт|сряда/ср|четвъртък/чт|петък/пт|събота/сб|неделя/нд",
    "ru": "понедельник/пн|вторник/вт|среда/ср|четверг/чт|пятница/пт|суббота/сб|воскресенье/вс",
    "uk": "понеділок/пн|вівторок/вт|середа/ср|четвер/чт|пʼятниця/пт|субота/сб|неділя/нд",
    "be": "панядзелак/пн|аўторак/аў|серада/ср|чацвер/чц|пятніца/пт|субота/сб|нядзеля/нд",
    "ro": "luni/lun|marți/mar|miercuri/mie|joi|vineri/vin|sâmbătă/sâm|duminică/dum",
    "sq": "e hënë/hën|e martë/mar|e mërkurë/mër|e enjte/enj|e premte/pre|e shtunë/sht|e diel/die",
    "hu": "hétfő/h|kedd/k|szerda/sze|csütörtök/cs|péntek/p|szombat/szo|vasárnap/v",
    "el": "δευτέρα/δευ|τρίτη/τρί|τετάρτη/τετ|πέμπτη/πέμ|παρασκευή/παρ|σάββατο/σάβ|κυριακή/κυρ",
    "tr": "pazartesi/pzt|salı/sal|çarşamba/çar|perşembe/per|cuma/cum|cumartesi/cmt|pazar/paz",
    "az": "bazar ertəsi/b.e|çərşənbə axşamı/ç.a|çərşənbə/ç|cümə axşamı/c.a|cümə/c|şənbə/ş|bazar/b",
    "uz": "dushanba/dush|seshanba/sesh|chorshanba/chor|payshanba/pay|juma/jum|shanba/shan|yakshanba/yak",
    "kk": "дүйсенбі/дс|сейсенбі/сс|сәрсенбі/ср|бейсенбі/бс|жұма/жм|сенбі/сб|жексенбі/жс",
    "ky": "дүйшөмбү/дүй|шейшемби/шейш|шаршемби/шарш|бейшемби/бейш|жума|ишемби/ишм|жекшемби/жек",
    "tg": "душанбе/дшб|сешанбе/сшб|чоршанбе/чшб|панҷшанбе/пшб|ҷумъа/ҷмъ|шанбе/шнб|якшанбе/яшб",
    "ka": "ორშაბათი/ორშ|სამშაბათი/სამ|ოთხშაბათი/ოთხ|ხუთშაბათი/ხუთ|პარასკევი/პარ|შაბათი/შაბ|კვირა/კვი",
    "hy": "երկուշաբթի/երկ|երեքշաբթի/երք|չորեքշաբթի/չրք|հինգշաբթի/հնգ|ուրբաթ/ուր|շաբաթ/շբթ|կիրակի/կիր",
    "he": "יום שני/יום ב|יום שלישי/יום ג|יום רביעי/יום ד|יום חמישי/יום ה|יום שישי/יום ו|יום שבת/שבת|יום ראשון/יום א",
    "ar": "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    "fa": "دوشنبه|سه‌شنبه|چهارشنبه|پنجشنبه||شنبه|یکشنبه",
    "ps": "دونۍ|درېنۍ|څلرنۍ|پينځنۍ|جمعه|اونۍ|يونۍ",
    "ur": "پیر|منگل|بدھ|جمعرات|جمعہ|ہفتہ|اتوار",
    "hi": "सोमवार/सोम|मंगलवार/मंगल|बुधवार/बुध|गुरुवार/गुरु|शुक्रवार/शुक्र|शनिवार/शनि|रविवार/रवि",
    "mr": "सोमवार/सोम|मंगळवार/मंगळ|बुधवार/बुध|गुरुवार/गुरु|शुक्रवार/शुक्र|शनिवार/शनि|रविवार/रवि",
    "ne": "सोमबार/सोम|मङ्गलबार/मङ्गल|बुधबार/बुध|बिहिबार/बिहि|शुक्रबार/शुक्र|शनिबार/शनि|आइतबार/आइत",
    "bn": "সোমবার/সোম|মঙ্গলবার/মঙ্গল|বুধবার/বুধ|বৃহস্পতিবার/বৃহস্পতি|শুক্রবার/শুক্র|শনিবার/শনি|রবিবার/রবি",
    "pa": "ਸੋਮਵਾਰ/ਸੋਮ|ਮੰਗਲਵਾਰ/ਮੰਗਲ|ਬੁੱਧਵਾਰ/ਬੁੱਧ|ਵੀਰਵਾਰ/ਵੀਰ|ਸ਼ੁੱਕਰਵਾਰ/ਸ਼ੁੱਕਰ|ਸ਼ਨਿੱਚਰਵਾਰ/ਸ਼ਨਿੱਚਰ|ਐਤਵਾਰ/ਐਤ",
    "gu": "સોમવાર/સોમ|મંગળવાર/મંગળ|બુધવાર/બુધ|ગુરુવાર/ગુરુ|શુક્રવાર/શુક્ર|શનિવાર/શનિ|રવિવાર/રવિ",
    "ta": "திங்கள்/திங்|செவ்வாய்/செவ்|புதன்/புத|வியாழன்/வியா|வெள்ளி/வெள்|சனி|ஞாயிறு/ஞாயி",
    "te": "సోమవారం/సోమ|మంగళవారం/మంగళ|బుధవారం/బుధ|గురువారం/గురు|శుక్రవారం/శుక్ర|శనివారం/శని|ఆదివారం/ఆది",
    "kn": "ಸೋಮವಾರ/ಸೋಮ|ಮಂಗಳವಾರ/ಮಂಗಳ|ಬುಧವಾರ/ಬುಧ|ಗುರುವಾರ/ಗುರು|ಶುಕ್ರವಾರ/ಶುಕ್ರ|ಶನಿವಾರ/ಶನಿ|ಭಾನುವಾರ/ಭಾನು",
    "ml": ("തിങ്കളാഴ്‌ച/തിങ്കൾ|ചൊവ്വാഴ്ച/ചൊവ്വ/ചൊവ്വാഴ്‌ച|ബുധനാഴ്‌ച/ബുധൻ|വ്യാഴാഴ്‌ച/വ്യാഴം|വെള്ളിയാഴ്‌ച/വെള്ളി|ശനിയാഴ്‌ച/ശനി|ഞായറാഴ്‌ച/ഞായർ"),
    "si": "සඳුදා|අඟහරුවාදා/අඟහ|බදාදා|බ්‍රහස්පතින්දා/බ්‍රහස්|සිකුරාදා/සිකු|සෙනසුරාදා/සෙන|ඉරිදා",
    "th": ("วันจันทร์/จันทร์|วันอังคาร/อังคาร|วันพุธ/พุธ|วันพฤหัสบดี/พฤหัสบดี|วันศุกร์/ศุกร์|วันเสาร์/เสาร์|วันอาทิตย์/อาทิตย์"),
    "lo": "ວັນຈັນ|ວັນອັງຄານ|ວັນພຸດ|ວັນພະຫັດ|ວັນສຸກ|ວັນເສົາ|ວັນອາທິດ",
    "km": "ច័ន្ទ|អង្គារ|ពុធ|ព្រហស្បតិ៍|សុក្រ|សៅរ៍|អាទិត្យ",
    "my": "တနင်္လာ|အင်္ဂါ|ဗုဒ္ဓဟူး|ကြာသပတေး|သောကြာ|စနေ|တနင်္ဂနွေ",
    "id": "senin/sen|selasa/sel|rabu/rab|kamis/kam|jumat/jum|sabtu/sab|minggu/min",
    "ms": "isnin/isn|selasa/sel|rabu/rab|khamis/kha|jumaat/jum|sabtu/sab|ahad/ahd",
    "fil": "lunes/lun|martes/mar|miyerkules/miy|huwebes/huw|biyernes/biy|sabado/sab|linggo/lin",
    "sw": "jumatatu|jumanne|jumatano|alhamisi|ijumaa|jumamosi|jumapili",
    "am": "ሰኞ|ማክሰኞ/ማክሰ|ረቡዕ|ሐሙስ|ዓርብ|ቅዳሜ|እሑድ",
    "so": "isniin/isn|talaado/tldo|arbaco/arbc|khamiis/khms|jimco/jmc|sabti/sbti|axad/axd",
    "ga": (
        "dé luain/luan|dé máirt/máirt|dé céadaoin/céad|déardaoin/déar|dé haoine/aoine|dé sathairn/sath|"
        "dé domhnaigh/domh"
    ),
    "cy": (
        "dydd llun/llun|dydd mawrth/maw|dydd mercher/mer|dydd iau/iau|dydd gwener/gwen/gwe|dydd sadwrn/sad|dydd sul/sul"
    ),
    "mt": "it-tnejn/tne|it-tlieta/tli|l-erbgħa/erb|il-ħamis/ħam|il-ġimgħa/ġim|is-sibt/sib|il-ħadd/ħad",
    "lb": "méindeg/méi|dënschdeg/dën|mëttwoch/mët|donneschdeg/don|freideg/fre|samschdeg/sam|sonndeg/son",
}


_VIETNAMESE = (
    "thứ hai/thứ 2/thu hai/thu 2/t2|thứ ba/thứ 3/thu ba/thu 3/t3|thứ tư/thứ 4/thu tu/thu 4/t4|thứ năm/thứ 5/thu nam/thu 5/t5|"
    "thứ sáu/thứ 6/thu sau/thu 6/t6|thứ bảy/thứ bẩy/thứ 7/thu bay/thu 7/t7|chủ nhật/chu nhat/cn"
)


@cache
def weekday_names(language: str) -> dict[str, int]:
    """Return the language's weekday names and the English ones; Monday is 0."""
    found = _numbered(_WEEKDAYS["en"])
    return found | _numbered(_VIETNAMESE if language == "vi" else _WEEKDAYS.get(language, ""))


def _numbered(table: str) -> dict[str, int]:
    return {name: day for day, names in enumerate(table.split("|")) for name in names.split("/") if name}
