"""Small invented books for the tests of ingest, as a plain text would give them."""

from __future__ import annotations

from ingest.manifest import read_manifest
from ingest.preparing import make_publication
from ingest.segmentation import Segmented
from ingest.text_file import read_text
from search.model import Publication, Source

GARDENS = """A Year of Gardens

Oldtown 2020

The beginning

In spring the school got a plot of stony land from the town. Nobody believed in it. The children
carried the stones away for three weeks, and the parents brought soil.

What grew

By June there were beans, and by August tomatoes. The cook of the school used them all.

What we would do otherwise

We would plant later. Two frosts in May took the first beans.
"""

RUSSIAN_REPORT = """Отчёт о работе водных товариществ

Бохтар 2019

Содержание

1. Введение .......... 2
2. Как работают товарищества .......... 2
2.1. Сбор платы .......... 3
2.2. Ремонт каналов .......... 3
3. Выводы .......... 4

1. Введение

В долине шесть товариществ, и каждое ведёт свой счёт воды. Мы говорили с людьми из
трёх кишлаков и с районной управой.

2. Как работают товарищества

Товарищество собирается дважды в год. На собрании решают:

1. сколько платить за полив;
2. кто чистит канал;
3. кто ведёт счёт.

2.1. Сбор платы

Плату собирают осенью, после урожая. Деньги хранит казначей, и он же отчитывается перед
собранием.

2.2. Ремонт каналов

Каналы чистят весной всем кишлаком. Трактор даёт управа.

3. Выводы

Там, где плату собирают вовремя, вода доходит до последнего поля.
"""

TAJIK_CASES = """Кишлакҳои мо
Душанбе 2015

Мактаби нав
Ташкилоти деҳаи Сино

Мушкилот
Мактаб кӯҳна буд ва дар зимистон хунук. Кӯдакон бемор мешуданд.
Фаъолият
Сокинон бо ҳукумати ноҳия мактаби нав сохтанд. Онҳо сесад рӯз кор карданд.
Натиҷаҳо
Ҳоло сад кӯдак дар мактаби нав мехонанд.

Оби тоза
Ташкилоти деҳаи Навобод

Мушкилот
Дар деҳа об набуд. Занон аз дарё об меоварданд.
Фаъолият
Қубур аз чашма то деҳа кашида шуд.
Натиҷаҳо
Ҳоло об дар ҳар ҳавлӣ ҳаст.

Роҳи деҳа
Ташкилоти деҳаи Лола

Мушкилот
Роҳ дар баҳор баста мешуд.
Фаъолият
Сокинон роҳро худашон таъмир карданд.
Натиҷаҳо
Мошинҳо ҳоло тамоми сол мераванд.
"""


ONE_CASE = """A mill for the valley
Village Organisation Mirzo

Summary
The village had no mill, and people carried their wheat over the pass. In two years they built one.

Background
Wheat was carried over the pass on donkeys. Each trip took two days in summer and was not to be
thought of in winter.

Activity
The organisation collected money and bought stones. A mason came from the town and stayed for a
month, and every family gave two days of work.

Results
The mill grinds for four villages. The miller is paid in flour, and the rest is sold.
"""


def ingest(text: str, manifest: str = "") -> tuple[Publication, Segmented]:
    """Make the record of a plain text."""
    data = text.encode()
    extraction = read_text(data, "book.txt")
    source = Source("book.txt", "text", "0" * 64, len(data))
    return make_publication(extraction, source, read_manifest(manifest))


def outline(record: Publication) -> list[tuple[str, str, list[str]]]:
    """Kind and title of every case, with the ids of its sections."""
    return [(c.kind, c.title, [s.id for s in c.sections]) for c in record.cases]
