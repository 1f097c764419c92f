"""Numbers and addresses of Russian chat, by phonenumbers, python-stdnum and regular expressions.

What a careful engineer puts beside a tagger of names: check digits where there are any, a word beside the number where
there are none. Written after the annotation rules (which label covers what, where a span ends) and mended once on the
development set. Disguised data (digits in words, letters for digits) are out of reach of such rules and left so.
"""

import re

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import luhn
from stdnum.ru import inn

# What may stand between a word that announces a value and the value.
GAP = r"[\s:№#=?\-–—]{0,4}"
FAR = r"[^\d\n]{0,30}"


def digits(text):
    return re.sub(r"\D", "", text)


def luhn_holds(text):
    return luhn.is_valid(digits(text))


def snils_holds(text):
    number = digits(text)
    total = sum(int(digit) * (9 - at) for at, digit in enumerate(number[:9])) % 101
    return total % 100 == int(number[9:])


def rule(label, pattern, holds=None, flags=re.IGNORECASE):
    """Group 1, if the pattern has one, else the whole match is the span."""
    return label, re.compile(pattern, flags), holds


# Series and number of a paper, with the words between them.
SERIES = r"(\d{2}\s?%s{2}[\s,]*(?:номер|№|N)?[\s:]*\d{6})(?!\d)"
# Letters of plates, Cyrillic and those of the same look.
PLATE = "АВЕКМНОРСТУХABEKMHOPCTYX"
MONTH = r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?"
FULL_DATE = rf"(?:\d{{1,2}}[./\-]\d{{1,2}}[./\-](?:19|20)?\d{{2}}|\d{{1,2}}\s+{MONTH}\s+(?:19|20)\d{{2}})"
DATE = rf"(?:{FULL_DATE}|(?:19|20)\d{{2}})"

KIND = (
    r"(?:ул(?:ица|ицы|ице|ицу|\.)?|пр(?:оспект[ае]?|-кт|-т|осп\.?|\.)|пер(?:еул(?:ок|ка|ке)|\.)?|б-р|бульвар[ае]?|бул\.?"
    r"|наб(?:ережн(?:ая|ой|ую)|\.)?|ш(?:оссе|\.)|пл(?:ощад[ьи]|\.)|проезд[ае]?|пр-д|мкр\.?|микрорайон[ае]?|тракт[ае]?)(?![а-яё])"
)
# Names of streets: a word or two, with a number before them («8 Марта», «1-я Садовая»).
ORDINAL = r"(?:\d{1,2}(?:-?[а-яё]{1,2})?\s)?"
WORD = rf"{ORDINAL}[А-ЯЁа-яё][а-яё\-]+\.?(?:\s[А-ЯЁ][а-яё\-]+)?"
PROPER = rf"{ORDINAL}[А-ЯЁ][а-яё\-]+(?:\s[А-ЯЁ][а-яё\-]+)?"
HOUSE = r"(?:д(?:ом|\.)?\s*)?\d{1,3}(?:\s?/\s?\d{1,3})?(?:\s?-?[а-ж](?![а-яё]))?"
INSIDE = (
    r"(?:корп(?:ус|\.)?|к\.|стр(?:оение|\.)?|лит(?:ера|\.)?|кв(?:артира|\.)?|оф(?:ис|\.)?|под[ъь]езд|под\.|п\.|этаж|эт\.?"
    r"|домофон|код(?:\sдомофона)?|помещение|пом\.)"
)
PARTS = rf"(?:[,\s]+{INSIDE}[\s№]*\d{{1,4}}[а-яa-zк#\d]*|[,\s]+\d{{1,2}}(?:-?[а-яё]{{1,2}})?\s(?:под[ъь]езд|этаж)|-\d{{1,3}}(?!\d))*"
FLAT = r"(?:кв(?:артира|\.)?|оф(?:ис|\.)?)\s*\d{1,4}"
PLACE = (
    r"(?:\d{6},?\s+)?(?:[А-ЯЁ][а-яё]+\s(?:обл(?:асть|\.)|край)[,\s]+)?"
    r"(?:(?:г\.|город|гор\.|пос\.|п\.|с\.|д\.|мкр\.?)\s?[А-ЯЁ][а-яё\-]+[,\s]+|[А-ЯЁ][а-яё\-]+,\s)?"
)


def address(pattern):
    return rule("ADDRESS", rf"(?<![\wа-яё]){PLACE}{pattern}(?!\d)", flags=0)


# In the order of who wins where two meet.
RULES = [
    rule("EMAIL", r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)*\.[a-zа-я]{2,}"),
    rule("HANDLE", r"(?:https?://)?(?:www\.)?(?:t\.me|vk\.com|vk\.ru|instagram\.com|ok\.ru|wa\.me|facebook\.com|tiktok\.com)/@?[\w.\-/]*\w"),
    rule("HANDLE", r"(?<![\w.@])@[a-z_][\w.]{2,}\w"),
    rule("HANDLE", rf"(?:инст[а-яё]*|\bтг|телег[а-яё]*|telegram|instagram|\bник|\bвк|\bvk|скайп|skype){GAP}@?([a-z][a-z\d_.]{{3,}}[a-z\d_])"),
    rule("ACCOUNT", r"(?<!\d)4(?:\d[\s\-]?){18}\d(?!\d)"),
    rule("SNILS", r"(?<!\d)\d{3}[\s\-]?\d{3}[\s\-]?\d{3}[\s\-]?\d{2}(?!\d)", snils_holds),
    rule("SNILS", rf"снилс[а-яё]*{GAP}(\d{{3}}[\s\-]?\d{{3}}[\s\-]?\d{{3}}[\s\-]?\d{{2}})(?!\d)"),
    rule("OMS", r"(?:омс|полис[а-яё]*|енп)[^\d\n]{0,25}((?:\d[\s\-]?){15}\d)(?!\d)"),
    rule("OMS", r"дмс[^\d\n]{0,25}?((?:[А-ЯA-Z]{1,4}[\s\-]?)?\d[\d\-/]{5,}\d)"),
    rule("OMS", r"(?<![\d+])[0178]\d{15}(?!\d)", luhn_holds),
    rule("CARD", r"(?<![\d+])[2-6](?:\d[\s\-]?){14,17}\d(?!\d)", luhn_holds),
    rule("CARD", rf"карт[а-яё]*{FAR}((?:\d{{4}}[\s\-]?){{3}}\d{{4}})(?!\d)"),
    rule("CARD", rf"карт[а-яё]*{FAR}(?:\*+|\.{{2,}}|заканч[а-яё]*|последни[а-яё]*|кон[её]?ц[а-яё]*|\bна)[^\d\n]{{0,15}}(\d{{4}})(?!\d)"),
    rule("INN", r"(?<!\d)\d{12}(?!\d)", inn.is_valid),
    rule("INN", rf"инн{GAP}(\d{{12}})(?!\d)"),
    rule("PASSPORT", rf"(?:паспорт[а-яё]*|серия){FAR}" + SERIES % r"\d"),
    rule("PASSPORT", rf"паспорт[а-яё]*{FAR}(\d{{2}}\s?(?:№\s?)?\d{{7}}|[A-Z]{{0,2}}\s?\d{{3}}\s?\d{{5,6}})(?!\d)"),
    rule("PASSPORT", rf"(?:\bкод[а-яё]*(?:\sподразделения|\sподр\.?)?|к/п){GAP}(\d{{3}}-\d{{3}})(?!\d)"),
    rule("VIN", r"(?<![A-Z\d])(?=[A-Z\d]*[A-Z])(?=[A-Z]*\d)[A-HJ-NPR-Z\d]{17}(?![A-Z\d])"),
    rule("VIN", r"(?:\b[сп]тс\b|свидетельств[а-яё]* о регистрации)[^\d\n]{0,25}" + SERIES % r"[\dА-Я]"),
    rule("DRIVER_LICENSE", rf"(?:\bв/?у\b|водит[а-яё]*|\bправ(?:а|о|ам|ами)?\b|удостоверени[а-яё]*){FAR}" + SERIES % r"[\dА-Я]"),
    rule("BIRTH_CERT", r"(?<![A-ZА-Я])(?:[IVXLI]{1,5}|[1-9ХУ]{1,3})\s?-\s?[А-Я]{2}[\s,]*(?:номер|№|N)?\s?\d{6}(?!\d)"),
    rule("PLATE", rf"(?<![\wа-яё])[{PLATE}]\s?\d{{3}}\s?[{PLATE}]{{2}}(?:\s?\d{{2,3}}(?!\d))?(?![а-яёa-z\d])"),
    rule("PLATE", rf"(?<![\wа-яё])[{PLATE}]{{2}}\s?\d{{4}}\s?\d{{2,3}}(?![а-яёa-z\d])"),
    rule("BIRTHDATE", rf"(?:рожд[а-яё.]*|родил[а-яё]*|\bрод\.|\bд\.?\s?р\.?(?![а-яё])|г\.?\s?р\.)[\s:\-–—,]*({DATE})(?!\d)"),
    rule("BIRTHDATE", rf"(?<!\d)({DATE})(?=\s*(?:г(?:\.|ода?)?)?\s*(?:рожд|г\.?\s?р\b|р\.))"),
    rule(
        "MEDCARD",
        r"(?:мед(?:ицинск[а-яё]*)?\.?\s?карт[а-яё]*|амб[а-яё.]*\s?карт[а-яё]*|истори[а-яё]*\sболезни|\bи/?б\b|карт[а-яё]*\sпациент[а-яё]*)"
        rf"(?:\s(?:№|номер))?{GAP}([А-ЯA-Z]{{0,3}}-?\d[\d\-/]+\d)",
    ),
    # A gift card and the like end otherwise.
    rule("MEDCARD", r"(?<!ная\s)(?<!ной\s)(?<!ную\s)\bкарт(?:а|ы|у|е)(?:\s?№|\sномер)?\s?(\d{2,4}[-/]\d{2,6}|\d{5,6})(?!\d)"),
    rule(
        "SECRET",
        r"(?:парол[а-яё]*|\bпин(?:-?код)?[а-яё]*|cv[vc]2?|цвв)(?:\s(?:от|из|для|на)\s[а-яёa-z\-]+)?"
        rf"{GAP}((?=[^\s]*[\da-z])[^\s,;]{{2,}}[^\s,;.)»\"])",
    ),
    rule("SECRET", r"\bкод(?!\s?(?:подр|товар|домоф|город|региона))[^\d\n]{0,30}(\d{4,6})(?!\d)"),
    address(rf"(?i:{KIND})\s?{WORD},?\s+(?i:{HOUSE}{PARTS})"),
    address(rf"{PROPER}\s(?i:{KIND}),?\s+(?i:{HOUSE}{PARTS})"),
    address(rf"{PROPER},?\s(?i:{HOUSE}[,\s]+{FLAT}{PARTS})"),
    address(rf"{PROPER},?\s\d{{1,3}}(?:[а-ж]|\s?[а-ж]?-\d{{1,3}})(?![а-яё\-])"),
    rule("PHONE", r"(?<![\d+])(?:\+7|[78])[\s\-]*\(?\d{3}\)?[\s\-]*\d{3}[\s\-]*\d{2}[\s\-]*\d{2}(?!\d)"),
    rule("PHONE", r"(?<![\d\-])\d{3}-\d{2}-\d{2}(?![\d\-])"),
]
# A number announced by one of these is nobody's phone.
NO_PHONE = re.compile(r"(?:инн|огрн(?:ип)?|кпп|бик|арт(?:икул)?|заказ[а-яё]*|чек[а-яё]*|лицензи[а-яё]*)[\s.:№#\-a-zа-я]{0,4}$", re.IGNORECASE)


def structured(text):
    """Findings (start, end, label) without overlaps."""
    found = []

    def claim(start, end, label):
        if label == "PHONE" and NO_PHONE.search(text[max(0, start - 20) : start]):
            return
        if all(end <= other[0] or other[1] <= start for other in found):
            found.append((start, end, label))

    for label, pattern, holds in RULES:
        for match in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            if holds is None or holds(match.group(group)):
                claim(*match.span(group), label)
    for match in PhoneNumberMatcher(text, "RU", leniency=Leniency.POSSIBLE):
        number = digits(match.raw_string)
        # Without a code: prices and articles; ten digits in one piece: requisites, unless of a mobile.
        if match.number.country_code == 7 and (len(number) < 10 or number == match.raw_string and number[0] not in "789"):
            continue
        lone = match.raw_string.startswith("(") and ")" not in match.raw_string
        claim(match.start + lone, match.end, "PHONE")
    return found


def born(text, people):
    """A full date right behind a name: in lists of people it is the date of birth."""
    for _, end in people:
        date = re.compile(rf"[,;\s]{{1,3}}({FULL_DATE})(?!\d)").match(text, end)
        if date:
            yield (*date.span(1), "BIRTHDATE")
