"""What is asked of a big archive: words of every frequency, alone and together, with every filter."""

from __future__ import annotations

import re
from collections import Counter

from storage.database import Database

SAMPLE = 2000


def questions(db: Database) -> dict[str, list[str]]:
    """Return searches by kind, with words as common and as rare as they are in this archive."""
    texts = [
        str(row[0]) for row in db.conn.execute("select body_text from articles order by number desc limit ?", [SAMPLE])
    ]
    words = Counter(word for text in texts for word in set(re.findall(r"[^\W\d_]+", text.lower())))
    ordered = [word for word, _ in words.most_common()]
    accented = [word for word in ordered if not word.isascii()]
    bare = [word for word in ordered if word.isascii() and len(word) > 2]
    middle, rare = bare[len(bare) // 20 :: len(bare) // 8][:6], [word for word in ordered if words[word] == 1][:6]
    pairs = [" ".join(pair) for text in texts[:6] for pair in [text.lower().split()[3:5]]]
    long = [" ".join(text.split()[6:12]).replace('"', "") for text in texts[:5]]
    common = bare[:6]
    return {
        "common word": common,
        "common word with accents": accented[:6],
        "word neither common nor rare": middle,
        "rare word": rare,
        "absent word": ["zxqvyw", "khongcotu", "ngđx"],
        "word of one article": ["0012345", "0000777"],
        "words": [f"{common[0]} {common[1]}", f"{accented[0]} {accented[1]}", *pairs, f"{rare[0]} {common[0]}"],
        "many words": long,
        "phrase": [f'"{words}"' for words in (*pairs, *long[:2])],
        "phrase of common words": [f'"{accented[0]} {accented[1]}"', f'"{common[1]} {common[0]}"'],
        "beginning": ["thô*", "tru*", "govern*", "c*", "th*", "môi trư*", "000*"],
        "source": [f"source:{slug}" for slug in ("vn-nguon-0", "xx-source-4", "xx-source-199")],
        "source and common word": [
            f"source:{slug} {common[0]}" for slug in ("vn-nguon-0", "xx-source-4", "xx-source-199")
        ],
        "days": ["from:2025", "to:2016-12", "from:2019-03-02 to:17/9/2020"],
        "days and words": [f"from:2017-02-03 to:2017-03 {accented[0]}", f"to:2018 {common[0]} {common[1]}"],
        "section": ['section:"tin tuc"', f'section:"Kinh tế" {accented[1]}', "section:nowhere"],
        "document": ["document:15/2025/TT-BTC", f"document:7/2019/TT-BTC {common[0]}"],
        "one or the other": [f"{common[0]} OR {rare[0]}", f"{rare[0]} OR {rare[1]}", f"{accented[0]} OR from:2025"],
        "without": [
            f"-{common[0]}",
            f"{common[0]} -{common[1]}",
            f'{accented[0]} -"{pairs[0]}"',
            f"{rare[0]} -{common[0]}",
        ],
        "all together": [f'source:vn-nguon-0 section:"Tin tức" from:2018 {accented[0]} -{rare[0]}'],
    }
