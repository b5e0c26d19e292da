/*
 * values.h
 *		Values of the pure core from their text forms, for tests; what is wrong ends the test.
 */
#ifndef ZR_TEST_VALUES_H
#define ZR_TEST_VALUES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indication_core.h"

static inline zr_indication
indication(const char *text)
{
	zr_indication i;
	zr_error	wrong = {0};

	memset(&i, 0, sizeof(i));
	if (!zr_indication_parse(text, strlen(text), &i, &wrong))
	{
		fprintf(stderr, "%s: %s\n", text, wrong.detail);
		exit(2);
	}
	return i;
}

#endif							/* ZR_TEST_VALUES_H */
