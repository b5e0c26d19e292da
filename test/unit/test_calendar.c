/*
 * test_calendar.c
 *		The calendar against a day-by-day walk from 0001-01-01 to 10000-01-01.
 */
#include "calendar_core.h"
#include "check.h"

int
main(void)
{
	int			y = 1,
				m = 1,
				d = 1;
	int			weekday = 0;	/* 0001-01-01 was a Monday */
	int			weeks = 0;
	int			sundays = 0;
	int			bad = 0;
	zr_date		r;
	char		text[ZR_DATE_TEXT_MAX];
	const char *p;

	for (zr_date day = ZR_DATE_MIN; day <= ZR_DATE_MAX; day++)
	{
		int			y2,
					m2,
					d2;

		if (weekday == 0)
			weeks++;
		zr_date_to_ymd(day, &y2, &m2, &d2);
		zr_date_print(day, text);
		p = text;
		bad += y2 != y || m2 != m || d2 != d;
		bad += zr_date_from_ymd(y, m, d) != day;
		bad += zr_month_of(day) != y * 12 + m - 1;
		bad += zr_month_start(zr_month_of(day)) != day - d + 1;
		bad += zr_is_sunday(day) != (weekday == 6);
		bad += zr_iso_weeks_touched(ZR_DATE_MIN, day + 1) != weeks;
		bad += zr_sundays(ZR_DATE_MIN, day) != sundays;
		bad += !zr_date_parse(&p, text + strlen(text), &r) || r != day || *p != '\0';
		sundays += weekday == 6;
		weekday = (weekday + 1) % 7;
		if (++d > zr_days_in_month(y, m))
		{
			d = 1;
			if (++m > 12)
			{
				m = 1;
				y++;
			}
		}
	}
	CHECK(bad == 0);

	CHECK(zr_date_from_ymd(2000, 1, 1) == 0);
	CHECK(zr_iso_weeks_touched(zr_date_from_ymd(2020, 12, 28), zr_date_from_ymd(2021, 1, 4)) == 1); /* week 53 */
	CHECK(zr_iso_weeks_touched(0, 0) == 0 && zr_sundays(5, 5) == 0);
	CHECK(zr_date_add_months(zr_date_from_ymd(2024, 1, 31), 1, &r) && r == zr_date_from_ymd(2024, 2, 29));
	CHECK(zr_date_add_months(zr_date_from_ymd(2023, 1, 31), 1, &r) && r == zr_date_from_ymd(2023, 2, 28));
	CHECK(zr_date_add_months(zr_date_from_ymd(2023, 3, 31), -1, &r) && r == zr_date_from_ymd(2023, 2, 28));
	CHECK(!zr_date_add_months(zr_date_from_ymd(9999, 12, 31), 2, &r));

	/* full months: as many as can be added without passing the day, also across the year 0 */
	CHECK(zr_full_months(zr_date_from_ymd(2026, 1, 31), zr_date_from_ymd(2026, 2, 28)) == 1);
	CHECK(zr_full_months(zr_date_from_ymd(2026, 1, 1), zr_date_from_ymd(2026, 12, 31)) == 11);
	CHECK(zr_full_months(zr_date_from_ymd(-4712, 1, 1), zr_date_from_ymd(2020, 2, 29)) == 80785);
	CHECK(zr_full_months(zr_date_from_ymd(2020, 2, 29), zr_date_from_ymd(100000, 2, 28)) == 1175759);
	for (int i = 0; i < 800; i++)
		for (int j = 0; j < 40; j++)
		{
			zr_date		since = zr_date_from_ymd(2023, 1, 1) + i;
			zr_date		until = since + j * j;
			int			months = zr_full_months(since, until);

			CHECK(zr_date_add_months(since, months, &r) && r <= until && zr_date_add_months(since, months + 1, &r) && r > until);
		}
	CHECK(!zr_date_add_months(0, INT64_MAX, &r) && !zr_date_add_months(0, INT64_MIN, &r));
	CHECK(!zr_date_add_days(0, INT64_MAX, &r) && zr_date_add_days(0, 31, &r) && r == 31);

	{
		static const char *const wrong[] = {"", "2026", "2026-13-01", "2026-02-29", "2026-1-01", "226-01-01",
		"0000-01-01", "02026-01-01", "10000-01-02", "2026-01-0", "2026/01/01", "999999-01-01", "2026-00-10", "2026-01-00"};

		for (int i = 0; i < (int) (sizeof(wrong) / sizeof(wrong[0])); i++)
		{
			p = wrong[i];
			CHECK(!zr_date_parse(&p, p + strlen(p), &r));
		}
	}
	CHECK_DONE();
}
