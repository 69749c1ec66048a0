"""Month names in the languages ministries print, for the reader of printed dates (from Unicode CLDR, plus common variants)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# January to December, separated by "|"; ways to write one month by "/". All folded by `fold`.
_MONTHS: dict[str, str] = {
    "en": (
        "january/jan|february/feb|march/mar|april/apr|may|june/jun|july/jul|august/aug|september/sep/sept|"
        "october/oct|november/nov|december/dec"
    ),
    "fr": (
        "janvier/janv|février/févr|mars|avril/avr|mai|juin|juillet/juil|août|septembre/sept|octobre/oct|"
        "novembre/nov|décembre/déc"
    ),
    "de": (
        "januar/jan/jänner/jän/jaenner|februar/feb/feber|märz/mär/maerz/mrz|april/apr|mai|juni/jun|juli/jul|"
        "august/aug|september/sept/sep|oktober/okt|november/nov|dezember/dez"
    ),
    "es": (
        "enero/ene|febrero/feb|marzo/mar|abril/abr|mayo/may|junio/jun|julio/jul|agosto/ago|"
        "septiembre/sept/setiembre/set/sep|octubre/oct|noviembre/nov|diciembre/dic"
    ),
    "pt": (
        "janeiro/jan|fevereiro/fev|março/mar/marco|abril/abr|maio/mai|junho/jun|julho/jul|agosto/ago|"
        "setembro/set|outubro/out|novembro/nov|dezembro/dez"
    ),
    "it": (
        "gennaio/gen|febbraio/feb|marzo/mar|aprile/apr|maggio/mag|giugno/giu|luglio/lug|agosto/ago|"
        "settembre/set|ottobre/ott|novembre/nov|dicembre/dic"
    ),
    "ca": (
        "gener/gen|febrer/febr|març|abril/abr|maig|juny|juliol/jul|agost/ag|setembre/set|octubre/oct|"
        "novembre/nov|desembre/des"
    ),
    "gl": (
        "xaneiro/xan|febreiro/feb|marzo/mar|abril/abr|maio|xuño|xullo/xul|agosto/ago|setembro/set|"
        "outubro/out|novembro/nov|decembro/dec"
    ),
    "eu": (
        "urtarrila/urt/urtarrilaren|otsaila/ots/otsailaren|martxoa/mar/martxoaren|apirila/api/apirilaren|"
        "maiatza/mai/maiatzaren|ekaina/eka/ekainaren|uztaila/uzt/uztailaren|abuztua/abu/abuztuaren|"
        "iraila/ira/irailaren|urria/urr/urriaren|azaroa/aza/azaroaren|abendua/abe/abenduaren"
    ),
    "nl": (
        "januari/jan|februari/feb|maart/mrt|april/apr|mei|juni/jun|juli/jul|augustus/aug|september/sep|"
        "oktober/okt|november/nov|december/dec"
    ),
    "da": (
        "januar/jan|februar/feb|marts/mar|april/apr|maj|juni/jun|juli/jul|august/aug|september/sep|"
        "oktober/okt|november/nov|december/dec"
    ),
    "sv": (
        "januari/jan|februari/feb|mars|april/apr|maj|juni|juli|augusti/aug|september/sep|oktober/okt|"
        "november/nov|december/dec"
    ),
    "nb": (
        "januar/jan|februar/feb|mars/mar|april/apr|mai|juni/jun|juli/jul|august/aug|september/sep|"
        "oktober/okt|november/nov|desember/des"
    ),
    "is": (
        "janúar/jan|febrúar/feb|mars/mar|apríl/apr|maí|júní/jún|júlí/júl|ágúst/ágú|september/sep|október/okt|"
        "nóvember/nóv|desember/des"
    ),
    "fi": (
        "tammikuuta/tammi/tammikuu|helmikuuta/helmi/helmikuu|maaliskuuta/maalis/maaliskuu|"
        "huhtikuuta/huhti/huhtikuu|toukokuuta/touko/toukokuu|kesäkuuta/kesä/kesäkuu|"
        "heinäkuuta/heinä/heinäkuu|elokuuta/elo/elokuu|syyskuuta/syys/syyskuu|lokakuuta/loka/lokakuu|"
        "marraskuuta/marras/marraskuu|joulukuuta/joulu/joulukuu"
    ),
    "et": (
        "jaanuar/jaan|veebruar/veebr|märts|aprill/apr|mai|juuni|juuli|august/aug|september/sept|oktoober/okt|"
        "november/nov|detsember/dets"
    ),
    "lv": (
        "janvāris/janv/janvārī|februāris/febr/februārī|marts/martā|aprīlis/apr/aprīlī|maijs/maijā|"
        "jūnijs/jūn/jūnijā|jūlijs/jūl/jūlijā|augusts/aug/augustā|septembris/sept/septembrī|"
        "oktobris/okt/oktobrī|novembris/nov/novembrī|decembris/dec/decembrī"
    ),
    "lt": (
        "sausio/saus/sausis|vasario/vas/vasaris|kovo/kov/kovas|balandžio/bal/balandis|gegužės/geg/gegužė|"
        "birželio/birž/birželis|liepos/liep/liepa|rugpjūčio/rugp/rugpjūtis|rugsėjo/rugs/rugsėjis|"
        "spalio/spal/spalis|lapkričio/lapkr/lapkritis|gruodžio/gruod/gruodis"
    ),
    "pl": (
        "stycznia/sty/styczeń|lutego/lut/luty|marca/mar/marzec|kwietnia/kwi/kwiecień|maja/maj|"
        "czerwca/cze/czerwiec|lipca/lip/lipiec|sierpnia/sie/sierpień|września/wrz/wrzesień|"
        "października/paź/październik|listopada/lis/listopad|grudnia/gru/grudzień"
    ),
    "cs": (
        "ledna/led/leden|února/úno/únor|března/bře/březen|dubna/dub/duben|května/kvě/květen|"
        "června/čvn/červen|července/čvc/červenec|srpna/srp/srpen|září/zář|října/říj/říjen|"
        "listopadu/lis/listopad|prosince/pro/prosinec"
    ),
    "sk": (
        "januára/jan/január|februára/feb/február|marca/mar/marec|apríla/apr/apríl|mája/máj|júna/jún|júla/júl|"
        "augusta/aug/august|septembra/sep/september|októbra/okt/október|novembra/nov/november|"
        "decembra/dec/december"
    ),
    "sl": (
        "januar/jan/januarja|februar/feb/februarja|marec/mar/marca|april/apr/aprila|maj/maja|"
        "junij/jun/junija|julij/jul/julija|avgust/avg/avgusta|september/sep/septembra|oktober/okt/oktobra|"
        "november/nov/novembra|december/dec/decembra"
    ),
    "hr": (
        "siječnja/sij/siječanj|veljače/velj/veljača|ožujka/ožu/ožujak|travnja/tra/travanj|"
        "svibnja/svi/svibanj|lipnja/lip/lipanj|srpnja/srp/srpanj|kolovoza/kol/kolovoz|rujna/ruj/rujan|"
        "listopada/lis/listopad|studenoga/stu/studeni/studenog|prosinca/pro/prosinac"
    ),
    "sr": (
        "јануар/јан/januar/januara/jan/јануара|фебруар/феб/februar/februara/feb/фебруара|"
        "март/мар/mart/marta/mar/марта|април/апр/april/aprila/apr/априла|мај/maj/maja/маја|јун/jun/juna/јуна|"
        "јул/jul/jula/јула|август/авг/avgust/avgusta/avg/августа|"
        "септембар/сеп/septembar/septembra/sep/септембра|октобар/окт/oktobar/oktobra/okt/октобра|"
        "новембар/нов/novembar/novembra/nov/новембра|децембар/дец/decembar/decembra/dec/децембра"
    ),
    "bs": (
        "januar/jan/januara|februar/feb/februara|mart/mar/marta|april/apr/aprila|maj/maja|juni/jun/juna|"
        "juli/jul/jula|august/aug/augusta/avgust/avgusta|septembar/sep/septembra|oktobar/okt/oktobra|"
        "novembar/nov/novembra|decembar/dec/decembra"
    ),
    "mk": (
        "јануари/јан|февруари/фев|март/мар|април/апр|мај|јуни/јун|јули/јул|август/авг|септември/сеп|"
        "октомври/окт|ноември/ное|декември/дек"
    ),
    "bg": (
        "януари/яну|февруари/фев|март|април/апр|май|юни|юли|август/авг|септември/сеп|октомври/окт|"
        "ноември/ное|декември/дек"
    ),
    "ru": (
        "января/янв/январь|февраля/февр/февраль|марта/мар/март|апреля/апр/апрель|мая/май|июня/июн/июнь|"
        "июля/июл/июль|августа/авг/август|сентября/сент/сентябрь/сен|октября/окт/октябрь|ноября/нояб/ноябрь|"
        "декабря/дек/декабрь"
    ),
    "uk": (
        "січня/січ/січень|лютого/лют/лютий|березня/бер/березень|квітня/квіт/квітень|травня/трав/травень|"
        "червня/черв/червень|липня/лип/липень|серпня/серп/серпень|вересня/вер/вересень|жовтня/жовт/жовтень|"
        "листопада/лист/листопад|грудня/груд/грудень"
    ),
    "be": (
        "студзеня/сту/студзень|лютага/лют/люты|сакавіка/сак/сакавік|красавіка/кра/красавік|мая/май|"
        "чэрвеня/чэр/чэрвень|ліпеня/ліп/ліпень|жніўня/жні/жнівень|верасня/вер/верасень|"
        "кастрычніка/кас/кастрычнік|лістапада/ліс/лістапад|снежня/сне/снежань"
    ),
    "ro": (
        "ianuarie/ian|februarie/feb|martie/mar|aprilie/apr|mai|iunie/iun|iulie/iul|august/aug|"
        "septembrie/sept|octombrie/oct|noiembrie/nov|decembrie/dec"
    ),
    "sq": (
        "janar/jan|shkurt/shk|mars/mar|prill/pri|maj|qershor/qer|korrik/korr|gusht/gush|shtator/sht|"
        "tetor/tet|nëntor/nën|dhjetor/dhj"
    ),
    "hu": (
        "január/jan|február/febr|március/márc|április/ápr|május/máj|június/jún|július/júl|augusztus/aug|"
        "szeptember/szept|október/okt|november/nov|december/dec"
    ),
    "el": (
        "ιανουαρίου/ιαν/ιανουάριοσ|φεβρουαρίου/φεβ/φεβρουάριοσ|μαρτίου/μαρ/μάρτιοσ/μάρ|απριλίου/απρ/απρίλιοσ|"
        "μαΐου/μαΐ/μάιοσ/μάι|ιουνίου/ιουν/ιούνιοσ/ιούν|ιουλίου/ιουλ/ιούλιοσ/ιούλ|αυγούστου/αυγ/αύγουστοσ/αύγ|"
        "σεπτεμβρίου/σεπ/σεπτέμβριοσ|οκτωβρίου/οκτ/οκτώβριοσ|νοεμβρίου/νοε/νοέμβριοσ/νοέ|"
        "δεκεμβρίου/δεκ/δεκέμβριοσ"
    ),
    "tr": (
        "ocak/oca|şubat/şub|mart/mar|nisan/nis|mayıs/may|haziran/haz|temmuz/tem|ağustos/ağu|eylül/eyl|"
        "ekim/eki|kasım/kas|aralık/ara"
    ),
    "az": (
        "yanvar/yan|fevral/fev|mart/mar|aprel/apr|may|iyun/iyn|iyul/iyl|avqust/avq|sentyabr/sen|oktyabr/okt|"
        "noyabr/noy|dekabr/dek"
    ),
    "uz": (
        "yanvar/yan|fevral/fev|mart/mar|aprel/apr|may|iyun/iyn|iyul/iyl|avgust/avg|sentabr/sen|oktabr/okt|"
        "noyabr/noy|dekabr/dek"
    ),
    "kk": (
        "қаңтар/қаң/қаңтардың|ақпан/ақп/ақпанның|наурыз/нау/наурыздың|сәуір/сәу/сәуірдің|мамыр/мам/мамырдың|"
        "маусым/мау/маусымның|шілде/шіл/шілденің|тамыз/там/тамыздың|қыркүйек/қыр/қыркүйектің|"
        "қазан/қаз/қазанның|қараша/қар/қарашаның|желтоқсан/жел/желтоқсанның"
    ),
    "ky": (
        "январь/янв/январдын|февраль/фев/февралдын|март/мар/марттын|апрель/апр/апрелдин|май/майдын|"
        "июнь/июн/июндун|июль/июл/июлдун|август/авг/августтун|сентябрь/сен/сентябрдын|октябрь/окт/октябрдын|"
        "ноябрь/ноя/ноябрдын|декабрь/дек/декабрдын"
    ),
    "tg": "январ/янв|феврал/фев|март/мар|апрел/апр|май|июн|июл|август/авг|сентябр/сен|октябр/окт|ноябр/ноя|декабр/дек",
    "ka": (
        "იანვარი/იან/იანვარს|თებერვალი/თებ/თებერვალს|მარტი/მარ/მარტს|აპრილი/აპრ/აპრილს|მაისი/მაი/მაისს|"
        "ივნისი/ივნ/ივნისს|ივლისი/ივლ/ივლისს|აგვისტო/აგვ/აგვისტოს|სექტემბერი/სექ/სექტემბერს|"
        "ოქტომბერი/ოქტ/ოქტომბერს|ნოემბერი/ნოე/ნოემბერს|დეკემბერი/დეკ/დეკემბერს"
    ),
    "hy": (
        "հունվարի/հնվ/հունվար|փետրվարի/փտվ/փետրվար|մարտի/մրտ/մարտ|ապրիլի/ապր/ապրիլ|մայիսի/մյս/մայիս|"
        "հունիսի/հնս/հունիս|հուլիսի/հլս/հուլիս|օգոստոսի/օգս/օգոստոս|սեպտեմբերի/սեպ/սեպտեմբեր|"
        "հոկտեմբերի/հոկ/հոկտեմբեր|նոյեմբերի/նոյ/նոյեմբեր|դեկտեմբերի/դեկ/դեկտեմբեր"
    ),
    "he": "ינואר/ינו|פברואר/פבר|מרץ|אפריל/אפר|מאי|יוני|יולי|אוגוסט/אוג|ספטמבר/ספט|אוקטובר/אוק|נובמבר/נוב|דצמבר/דצמ",
    "ar": (
        "يناير/كانون الثاني/جانفي|فبراير/شباط/فيفري|مارس/آذار/اذار|أبريل/نيسان/أفريل/ابريل/إبريل|"
        "مايو/أيار/ايار/ماي|يونيو/حزيران/جوان|يوليو/تموز/جويلية/يوليوز|أغسطس/آب/اب/أوت/اوت/غشت/اغسطس|"
        "سبتمبر/أيلول/ايلول/شتنبر|أكتوبر/تشرين الأول/تشرين الاول/اكتوبر|نوفمبر/تشرين الثاني/نونبر|"
        "ديسمبر/كانون الأول/كانون الاول/دجنبر"
    ),
    "fa": "ژانویهٔ/ژانویه|فوریهٔ/فوریه|مارس|آوریل|مهٔ/مه|ژوئن|ژوئیهٔ/ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر",
    "ps": "جنوري|فبروري/فېبروري|مارچ|اپریل|مۍ|جون|جولای|اګست|سېپتمبر/سپتمبر|اکتوبر|نومبر|دسمبر",
    "ur": "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر",
    "hi": (
        "जनवरी/जन|फ़रवरी/फ़र|मार्च|अप्रैल|मई|जून|जुलाई/जुल|अगस्त/अग|सितंबर/सित/सितम्बर|अक्टूबर/अक्टू/अक्तूबर|"
        "नवंबर/नव/नवम्बर|दिसंबर/दिस/दिसम्बर"
    ),
    "mr": ("जानेवारी/जाने|फेब्रुवारी/फेब्रु|मार्च|एप्रिल/एप्रि|मे|जून|जुलै|ऑगस्ट/ऑग|सप्टेंबर/सप्टें|ऑक्टोबर/ऑक्टो|नोव्हेंबर/नोव्हें|डिसेंबर/डिसें"),
    "ne": "जनवरी|फेब्रुअरी|मार्च|अप्रिल|मे|जुन|जुलाई|अगस्ट|सेप्टेम्बर|अक्टोबर|नोभेम्बर|डिसेम्बर",
    "bn": (
        "জানুয়ারী/জানু/জানুয়ারি|ফেব্রুয়ারী/ফেব/ফেব্রুয়ারি|মার্চ|এপ্রিল/এপ্রি|মে|জুন|জুলাই/জুল|আগস্ট/আগ|"
        "সেপ্টেম্বর/সেপ|অক্টোবর/অক্টো|নভেম্বর/নভে|ডিসেম্বর/ডিসে"
    ),
    "pa": "ਜਨਵਰੀ/ਜਨ|ਫ਼ਰਵਰੀ/ਫ਼ਰ|ਮਾਰਚ|ਅਪ੍ਰੈਲ/ਅਪ੍ਰੈ|ਮਈ|ਜੂਨ|ਜੁਲਾਈ/ਜੁਲਾ|ਅਗਸਤ/ਅਗ|ਸਤੰਬਰ/ਸਤੰ|ਅਕਤੂਬਰ/ਅਕਤੂ|ਨਵੰਬਰ/ਨਵੰ|ਦਸੰਬਰ/ਦਸੰ",
    "gu": ("જાન્યુઆરી/જાન્યુ|ફેબ્રુઆરી/ફેબ્રુ|માર્ચ|એપ્રિલ|મે|જૂન|જુલાઈ|ઑગસ્ટ|સપ્ટેમ્બર/સપ્ટે|ઑક્ટોબર/ઑક્ટો|નવેમ્બર/નવે|ડિસેમ્બર/ડિસે"),
    "ta": ("ஜனவரி/ஜன|பிப்ரவரி/பிப்|மார்ச்/மார்|ஏப்ரல்/ஏப்|மே|ஜூன்|ஜூலை|ஆகஸ்ட்/ஆக|செப்டம்பர்/செப்|அக்டோபர்/அக்|நவம்பர்/நவ|டிசம்பர்/டிச"),
    "te": ("జనవరి/జన|ఫిబ్రవరి/ఫిబ్ర|మార్చి|ఏప్రిల్/ఏప్రి|మే|జూన్|జులై|ఆగస్టు/ఆగ|సెప్టెంబర్/సెప్టెం|అక్టోబర్/అక్టో|నవంబర్/నవం|డిసెంబర్/డిసెం"),
    "kn": ("ಜನವರಿ/ಜನ|ಫೆಬ್ರವರಿ/ಫೆಬ್ರ|ಮಾರ್ಚ್|ಏಪ್ರಿಲ್/ಏಪ್ರಿ|ಮೇ|ಜೂನ್|ಜುಲೈ|ಆಗಸ್ಟ್/ಆಗ|ಸೆಪ್ಟೆಂಬರ್/ಸೆಪ್ಟೆಂ|ಅಕ್ಟೋಬರ್/ಅಕ್ಟೋ|ನವೆಂಬರ್/ನವೆಂ|ಡಿಸೆಂಬರ್/ಡಿಸೆಂ"),
    "ml": (
        "ജനുവരി/ജനു|ഫെബ്രുവരി/ഫെബ്രു|മാർച്ച്/മാർ|ഏപ്രിൽ/ഏപ്രി|മേയ്|ജൂൺ|ജൂലൈ|ഓഗസ്റ്റ്/ഓഗ|സെപ്റ്റംബർ/സെപ്റ്റം|ഒക്‌ടോബർ/ഒക്ടോ|നവംബർ/നവം|ഡിസംബർ/ഡിസം"
    ),
    "si": ("ජනවාරි/ජන|පෙබරවාරි/පෙබ|මාර්තු/මාර්|අප්‍රේල්|මැයි|ජූනි|ජූලි|අගෝස්තු/අගෝ|සැප්තැම්බර්/සැප්|ඔක්තෝබර්/ඔක්|නොවැම්බර්/නොවැ|දෙසැම්බර්/දෙසැ"),
    "th": (
        "มกราคม/ม.ค|กุมภาพันธ์/ก.พ|มีนาคม/มี.ค|เมษายน/เม.ย|พฤษภาคม/พ.ค|มิถุนายน/มิ.ย|กรกฎาคม/ก.ค|สิงหาคม/ส.ค|"
        "กันยายน/ก.ย|ตุลาคม/ต.ค|พฤศจิกายน/พ.ย|ธันวาคม/ธ.ค"
    ),
    "lo": (
        "ມັງກອນ/ມ.ກ|ກຸມພາ/ກ.ພ|ມີນາ/ມ.ນ|ເມສາ/ມ.ສ|ພຶດສະພາ/ພ.ພ|ມິຖຸນາ/ມິ.ຖ|ກໍລະກົດ/ກ.ລ|ສິງຫາ/ສ.ຫ|ກັນຍາ/ກ.ຍ|ຕຸລາ/ຕ.ລ|ພະຈິກ/ພ.ຈ|ທັນວາ/ທ.ວ"
    ),
    "km": "មករា|កុម្ភៈ|មីនា|មេសា|ឧសភា|មិថុនា|កក្កដា|សីហា|កញ្ញា|តុលា|វិច្ឆិកា|ធ្នូ",
    "my": "ဇန်နဝါရီ|ဖေဖော်ဝါရီ|မတ်|ဧပြီ|မေ|ဇွန်|ဇူလိုင်|ဩဂုတ်/သြဂုတ်/ၾသဂုတ္|စက်တင်ဘာ|အောက်တိုဘာ|နိုဝင်ဘာ|ဒီဇင်ဘာ",
    "id": (
        "januari/jan|februari/feb/pebruari|maret/mar|april/apr|mei|juni/jun|juli/jul|agustus/agu/agt|"
        "september/sep|oktober/okt|november/nov/nopember|desember/des"
    ),
    "ms": (
        "januari/jan|februari/feb|mac|april/apr|mei|jun|julai/jul|ogos/ogo|september/sep|oktober/okt|"
        "november/nov|disember/dis"
    ),
    "fil": (
        "enero/ene|pebrero/peb|marso/mar|abril/abr|mayo/may|hunyo/hun|hulyo/hul|agosto/ago|setyembre/set|"
        "oktubre/okt|nobyembre/nob|disyembre/dis"
    ),
    "sw": (
        "januari/jan|februari/feb|machi/mac|aprili/apr|mei|juni/jun|julai/jul|agosti/ago|septemba/sep|"
        "oktoba/okt|novemba/nov|desemba/des"
    ),
    "am": "ጃንዋሪ/ጃን|ፌብሩዋሪ/ፌብ|ማርች|ኤፕሪል/ኤፕሪ|ሜይ|ጁን|ጁላይ|ኦገስት/ኦገስ|ሴፕቴምበር/ሴፕቴ|ኦክቶበር/ኦክቶ|ኖቬምበር/ኖቬም|ዲሴምበር/ዲሴም",
    "so": (
        "janaayo/jan/jannaayo|febraayo/feb|maarso/mar|abriil/abr|maayo/may|juun/jun|luulyo/lul|"
        "agosto/ogs/ogosto|sebtembar/seb/sebteembar|oktoobar/okt|noofeembar/nof|diseembar/dis"
    ),
    "ga": (
        "eanáir/ean|feabhra/feabh|márta|aibreán/aib|bealtaine/beal|meitheamh/meith|iúil|lúnasa/lún|"
        "meán fómhair/mfómh|deireadh fómhair/dfómh|samhain/samh|nollaig/noll"
    ),
    "cy": (
        "ionawr/ion|chwefror/chwef/chw|mawrth/maw|ebrill/ebr|mai|mehefin/meh|gorffennaf/gorff/gor|awst|medi|"
        "hydref/hyd|tachwedd/tach|rhagfyr/rhag"
    ),
    "mt": (
        "jannar/jan|frar/fra|marzu/mar|april/apr|mejju/mej|ġunju/ġun|lulju/lul|awwissu/aww|settembru/set|"
        "ottubru/ott|novembru/nov|diċembru/diċ"
    ),
    "lb": (
        "januar/jan|februar/feb|mäerz/mäe|abrëll/abr|mee|juni/jun|juli/jul|august/aug|september/sep|"
        "oktober/okt|november/nov|dezember/dez"
    ),
}


_LATIN = re.compile(r"[a-zà-ɏḀ-ỿ .'’-]+")
_ALIASES = {
    "no": "nb",
    "nn": "nb",
    "tl": "fil",
    "in": "id",
    "iw": "he",
    "sh": "sr",
    "mo": "ro",
    "af": "nl",
    "prs": "fa",
}

# Vietnamese numbers its months: "tháng 8", "thg8", "Th08", "Tháng Tám".
_VI_SPELLED = "một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|mười một|mười hai"

# Calendars of their own: (months, in the order of the year).
PERSIAN = {
    "fa": "فروردین|اردیبهشت|خرداد|تیر|مرداد/امرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند",
    "ps": "وری/حمل|غویی/ثور|غبرګولی/جوزا|چنګاښ/سرطان|زمری/اسد|وږی/سنبله|تله/میزان|لړم/عقرب|لیندۍ/قوس|مرغومی/جدی|سلواغه/دلو|کب/حوت",
}
ETHIOPIAN = {"am": "መስከረም|ጥቅምት|ኅዳር/ህዳር|ታኅሣሥ/ታህሳስ/ታኅሳስ|ጥር|የካቲት|መጋቢት|ሚያዝያ/ሚያዚያ|ግንቦት|ሰኔ|ሐምሌ/ሀምሌ|ነሐሴ/ነሃሴ|ጳጉሜን/ጳጉሜ"}
NEPALI = {
    "ne": (
        "वैशाख/बैशाख|जेठ/जेष्ठ/ज्येष्ठ|असार/आषाढ/अषाढ|साउन/श्रावण|भदौ/भाद्र|असोज/आश्विन|कात्तिक/कार्तिक|मंसिर/मङ्सिर|"
        "पुस/पुष/पौष|माघ|फागुन/फाल्गुन|चैत/चैत्र"
    )
}


def base_language(language: str) -> str:
    """Return the primary subtag of a BCP 47 tag under the name this table uses: "pt-BR" → "pt", "no" → "nb"."""
    primary = language.casefold().replace("_", "-").split("-")[0]
    return _ALIASES.get(primary, primary)


@cache
def month_names(language: str) -> dict[str, int]:
    """Return the language's month names, folded, with English ones behind them."""
    found = _numbered(_MONTHS["en"])
    if language == "vi":
        return found | _vietnamese()
    if language in _MONTHS:
        found |= _numbered(_MONTHS[language])
    return found


@cache
def calendar_months(language: str) -> tuple[str, dict[str, int]]:
    """Return the calendar of the language's own months ("" when it has none), and their names."""
    for calendar, table in (("persian", PERSIAN), ("ethiopian", ETHIOPIAN), ("nepali", NEPALI)):
        if language in table:
            extra = _numbered(PERSIAN["ps"]) if calendar == "persian" else {}
            return calendar, extra | _numbered(table[language])
    return "", {}


def _vietnamese() -> dict[str, int]:
    names = {f"{word} {n}": n for n in range(1, 13) for word in ("tháng", "thang", "thg", "th")}
    return names | {f"tháng {name}": n for n, name in enumerate(_VI_SPELLED.split("|"), 1)}


def _numbered(table: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, names in enumerate(table.split("|"), 1):
        for name in names.split("/"):
            found.setdefault(name, number)
            found.setdefault(without_marks(name), number)
    return found


def without_marks(name: str) -> str:
    """Return a Latin name without its accents, as "fevrier" is printed; other scripts stay as they are."""
    if not _LATIN.fullmatch(name):
        return name
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
