#!/usr/bin/env python3
"""Makes data/calendars/national-days.tsv from the Python package holidays (MIT).

    PYTHONPATH=FOLDER scripts/calendars.py     (FOLDER: where holidays and python-dateutil are installed)

Each line: country, day, name. The day is MM-DD where it is the same from 2025 to 2030, else YYYY-MM-DD.
"""

import os
import re

import holidays

YEARS = range(2025, 2031)
WORDS = re.compile(r"national (day|holiday|flag)|independence|republic|revolution|constitution|liberation|victory|"
                   r"election|unification|unity|sovereignty|foundation|founding|emancipation|uprising|coup|"
                   r"federation|union day|freedom|statehood|commonwealth day", re.I)
# Not the days themselves.
SHIFTED = re.compile(r"observed|substitute|additional|day off|compensat|bridge|eve\b|\(.*from", re.I)
TARGET = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data", "calendars",
                      "national-days.tsv")


def main():
    found = {}
    for code in sorted(c for c in holidays.list_supported_countries() if len(c) == 2):
        languages = holidays.list_localized_countries().get(code, [])
        language = "en_US" if "en_US" in languages else None
        try:
            days = holidays.country_holidays(code, years=YEARS, language=language, observed=False)
        except Exception as error:
            print("%s: %s" % (code, error))
            continue
        for day, names in days.items():
            for name in names.split("; "):
                name = " ".join(name.replace("\t", " ").split())
                if WORDS.search(name) and not SHIFTED.search(name):
                    found.setdefault((code, name), set()).add(day)
    lines = []
    for (code, name), days in found.items():
        plain = {(d.month, d.day) for d in days}
        if len(plain) == 1 and len(days) == len(YEARS):
            month, day = plain.pop()
            lines.append("%s\t%02d-%02d\t%s" % (code, month, day, name))
        else:
            lines += ["%s\t%s\t%s" % (code, day.isoformat(), name) for day in days]
    os.makedirs(os.path.dirname(TARGET), exist_ok=True)
    with open(TARGET, "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in sorted(lines)))
    print("%d days of %d countries, holidays %s" % (
        len(lines), len({line[:2] for line in lines}), holidays.__version__))


if __name__ == "__main__":
    main()
