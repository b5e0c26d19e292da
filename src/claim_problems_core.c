/*
 * claim_problems_core.c
 *		What is wrong with one claim line (prestatie), by the rules of iWmo/iJw 3.2.
 *
 * One mistake gives one code: a rule that needs what another rule has found
 * missing or wrong is not judged. A line outside its allotment breaks TR307
 * and not TR387 too, a line in another unit TR341 and not TR321 too.
 */
#include "claim_problems_core.h"

#include "claimable_core.h"
#include "cost_core.h"

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

typedef struct problem_list
{
	const char **codes;
	int			n;
} problem_list;

static void
judge(problem_list *list, const char *code, bool holds)
{
	if (!holds)
		list->codes[list->n++] = code;
}

static bool
is_one_month(const zr_claim_period *p)
{
	return p->bounded && zr_month_of(p->from) == zr_month_of(p->to - 1);
}

/* CS340 */
static bool
is_whole_month(const zr_claim_period *p)
{
	return !p->empty && is_one_month(p) &&
		p->from == zr_month_start(zr_month_of(p->from)) && p->to == zr_month_start(zr_month_of(p->from) + 1);
}

/* CS100: claims by calendar month began in 2021 */
static bool
since_2021(const zr_claim_period *p)
{
	return p->empty || !p->bounded || p->from >= zr_date_from_ymd(2021, 1, 1);
}

static bool
in_allotment(const zr_indication *i, zr_date day)
{
	return i->lower <= day && day < i->upper;
}

/*
 * Allotted in hours and claimed in minutes at a minute tariff in whole cents:
 * that tariff was rounded, the amount was computed with the hour tariff
 * (IV081). Some hour tariff h in whole cents that rounds to the minute tariff
 * must give the amount: 60 * cents - 30 <= h * minutes < 60 * cents + 30.
 */
static bool
some_hour_tariff_gives(int64_t minute_cents, int64_t minutes, int64_t cents)
{
	zr_int128	lowest = MAX(60 * minute_cents - 30, 0);
	zr_int128	highest = 60 * minute_cents + 29;
	zr_int128	h;

	if (minutes == 0)
		return cents == 0;
	h = MAX(lowest, (60 * cents - 30 + minutes - 1) / minutes);
	return h <= highest && h * minutes < 60 * cents + 30;
}

/*
 * A message has whole cents, and minutes of an hour tariff (IV081): a tariff
 * stands for the one that it was rounded from.
 */
static bool
stands_for(zr_tariff claimed, zr_tariff agreed)
{
	int64_t		cents;
	zr_tariff	per_unit = agreed;
	zr_error	err;

	if (claimed == agreed)
		return true;
	if (zr_tariff_unit(claimed) != zr_tariff_unit(agreed) &&
		!(zr_tariff_unit(claimed) == ZR_MINUTE && zr_tariff_unit(agreed) == ZR_HOUR && zr_tariff_per(agreed, ZR_MINUTE, &per_unit, &err)))
		return false;
	return zr_div_half_up(zr_tariff_micros(per_unit), ZR_MICROS_PER_CENT, &cents) &&
		zr_tariff_micros(claimed) == cents * ZR_MICROS_PER_CENT;
}

const zr_tariff *
zr_claim_agreed(const zr_claim *claim)
{
	for (int k = 0; claim->has_tariff && k < claim->n_agreed; k++)
		if (stands_for(claim->tariff, claim->agreed[k]))
			return &claim->agreed[k];
	return NULL;
}

/* TR346: IngediendBedrag is GeleverdVolume times the unrounded ProductTarief, exactly */
static bool
amount_is_product(const zr_claim *claim, zr_tariff tariff)
{
	zr_unit		unit = zr_volume_unit(claim->volume);
	zr_unit		allotted = claim->indication != NULL ? zr_volume_unit(claim->indication->volume) : ZR_UNIT_NONE;
	int64_t		micros = zr_tariff_micros(tariff);
	int64_t		cents;
	zr_error	err;

	if (claim->cents == ZR_CLAIM_NO_CENTS)
		return false;
	if (zr_claim_amount(claim->volume, tariff, &cents, &err) && cents == claim->cents)
		return true;
	return unit == ZR_MINUTE && zr_tariff_unit(tariff) == ZR_MINUTE && allotted != ZR_MINUTE &&
		micros % ZR_MICROS_PER_CENT == 0 &&
		some_hour_tariff_gives(micros / ZR_MICROS_PER_CENT, zr_volume_high(claim->volume), claim->cents);
}

/* TR341: the unit of the allotment, or minutes of an allotment in hours */
static bool
unit_fits(zr_unit claimed, zr_unit allotted)
{
	return claimed == allotted || (allotted == ZR_HOUR && claimed == ZR_MINUTE);
}

bool
zr_volume_is_delivered(zr_volume volume)
{
	return zr_volume_frequency(volume) == ZR_FREQUENCY_NONE && zr_volume_low(volume) == zr_volume_high(volume);
}

/* TR321: the volume fits in what may be claimed in the month */
static bool
volume_fits(const zr_claim *claim)
{
	const zr_indication *i = claim->indication;
	int			minutes = zr_volume_unit(claim->volume) == zr_volume_unit(i->volume) ? 1 : 60;

	return zr_volume_high(claim->volume) <= zr_claimable_month(i, zr_month_of(claim->period.from)) * minutes;
}

static void
judge_fields(problem_list *list, const zr_claim *claim)
{
	bool		known = claim->volume != ZR_VOLUME_NONE;
	bool		in_euro = zr_volume_unit(claim->volume) == ZR_EURO;

	judge(list, "CD060", claim->credit == claim->has_previous);
	judge(list, "CD087", !known || claim->has_tariff == !in_euro);
	judge(list, "CS003", !claim->period.empty);
	judge(list, "CS100", since_2021(&claim->period) && (!claim->has_declaration || since_2021(&claim->declaration)));
	judge(list, "CS325", claim->cents != 0 || !claim->credit);
	judge(list, "CS337", claim->period.empty || is_one_month(&claim->period));
	judge(list, "CS339", !in_euro || claim->cents == zr_volume_high(claim->volume));
	judge(list, "CS340", !claim->has_declaration || is_whole_month(&claim->declaration));
}

/* the line lies in the allotment */
static void
judge_inside(problem_list *list, const zr_indication *i, const zr_claim_period *p)
{
	judge(list, "TR307", in_allotment(i, p->from));
	judge(list, "TR308", in_allotment(i, p->to - 1));
}

/* the line is the calendar month cut to the allotment; a side outside the allotment was judged above */
static void
judge_cut(problem_list *list, const zr_indication *i, const zr_claim_period *p)
{
	zr_date		last = p->to - 1;

	judge(list, "TR387", !in_allotment(i, p->from) || p->from == MAX(zr_month_start(zr_month_of(p->from)), i->lower));
	judge(list, "TR388", !in_allotment(i, last) || p->to == MIN(zr_month_start(zr_month_of(last) + 1), i->upper));
}

static int
judge_all(const zr_claim *claim, bool delivered, const char **codes)
{
	problem_list list = {codes, 0};
	const zr_indication *i = claim->indication;
	const zr_claim_period *p = &claim->period;
	bool		has_days = !p->empty && p->bounded;
	const zr_tariff *agreed = zr_claim_agreed(claim);
	bool		fits;
	zr_unit		claimed = zr_volume_unit(claim->volume);
	zr_unit		allotted = i != NULL && claimed != ZR_UNIT_NONE ? zr_volume_unit(i->volume) : ZR_UNIT_NONE;

	judge_fields(&list, claim);
	if (i != NULL && has_days)
		judge_inside(&list, i, p);
	if (has_days && claim->has_declaration && is_whole_month(&claim->declaration))
		judge(&list, "TR319", p->to <= claim->declaration.to);
	if (allotted != ZR_UNIT_NONE && unit_fits(claimed, allotted) && has_days && is_one_month(p) &&
		(in_allotment(i, p->from) || in_allotment(i, p->to - 1)))
		judge(&list, "TR321", volume_fits(claim));
	judge(&list, "TR338", i != NULL);
	if (i != NULL && i->product != ZR_PRODUCT_NONE && claim->product != ZR_PRODUCT_NONE)
	{
		int			category = zr_product_category(i->product);
		int			claimed_category = zr_product_category(claim->product);

		/* category 0: not known, so nothing to compare */
		judge(&list, "TR339", category == 0 || claimed_category == 0 || category == claimed_category);
		judge(&list, "TR340", !zr_product_code(i->product) ||
			  zr_product_code(i->product) == zr_product_code(claim->product));
	}
	/* an allotment without a volume leaves the unit to the contract */
	fits = claimed == ZR_UNIT_NONE ||
		(allotted != ZR_UNIT_NONE ? unit_fits(claimed, allotted) :
		 i == NULL || claim->n_agreed == 0 || unit_fits(claimed, zr_tariff_unit(claim->agreed[0])));
	judge(&list, "TR341", delivered && fits);
	if (claimed != ZR_UNIT_NONE && claimed != ZR_EURO && claim->has_tariff)
		judge(&list, "TR346", amount_is_product(claim, agreed != NULL ? *agreed : claim->tariff));
	if (i != NULL && has_days)
		judge_cut(&list, i, p);
	if (claim->has_tariff && claimed != ZR_EURO && fits)
		judge(&list, "TR418", claim->n_agreed == 0 || agreed != NULL);
	return list.n;
}

/*
 * Tables hold what no message can: a bandwidth, or a volume per week. That is
 * in no unit of delivery (TR341), and no rule about a quantity can be judged.
 */
int
zr_claim_problems(const zr_claim *claim, const char **codes)
{
	zr_claim	without_volume;

	if (zr_volume_is_delivered(claim->volume))
		return judge_all(claim, true, codes);
	without_volume = *claim;
	without_volume.volume = ZR_VOLUME_NONE;
	return judge_all(&without_volume, false, codes);
}
