#!/usr/bin/env python3
"""Makes script_marks.tsv from OpenCC's tables: characters that only simplified Chinese, only traditional Chinese or only Japanese writes.

    python3 corpus/folding/make_script_marks.py

Simplified only: a character that OpenCC changes on the way to traditional and that is not itself traditional (it is not in Big5).
Japanese only: a character that OpenCC's table of Japanese forms gives and that neither GB 2312 nor Big5 with HKSCS has.
Traditional only: a character that OpenCC changes on the way to simplified and that GB 2312 does not have.
"""
import os

import make_han


def encodes(c, codec):
    try:
        c.encode(codec)
        return True
    except UnicodeEncodeError:
        return False


def main():
    simplified, traditional = set(), set()
    for name, side in (("STCharacters", simplified), ("TSCharacters", traditional)):
        for key, *values in make_han.rows((name,)):
            if len(key) == 1 and key not in values:
                side.add(key)
    simplified = sorted(c for c in simplified if encodes(c, "gb2312") and not encodes(c, "big5"))
    traditional = sorted(c for c in traditional if encodes(c, "big5") and not encodes(c, "gb2312"))
    japanese = {value for _, *values in make_han.rows(("JPVariants",)) for value in values if len(value) == 1}
    japanese = sorted(c for c in japanese if encodes(c, "cp932") and not encodes(c, "big5hkscs") and not encodes(c, "gb2312"))
    with open(os.path.join(make_han.HERE, "script_marks.tsv"), "w", encoding="utf-8") as f:
        f.write("# Characters that only one script of Chinese or only Japanese uses, for guessing the language of a text. Made by make_script_marks.py\n"
                "# from OpenCC's tables (Apache-2.0, see NOTICE).\n")
        for tag, chars in (("zh-Hans", simplified), ("zh-Hant", traditional), ("ja", japanese)):
            for i in range(0, len(chars), 60):
                f.write(tag + "\t" + "".join(chars[i:i + 60]) + "\n")
    print("%d simplified, %d traditional, %d Japanese" % (len(simplified), len(traditional), len(japanese)))


if __name__ == "__main__":
    main()
