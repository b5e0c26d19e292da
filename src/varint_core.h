/*
 * varint_core.h
 *		Numbers in as few bytes as they need: seven bits each, the lowest
 *		first, the top bit set on all but the last byte.
 *
 * There is one form per number as long as writers use zr_varint_put.
 */
#ifndef ZR_VARINT_CORE_H
#define ZR_VARINT_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline size_t
zr_varint_size(uint64_t v)
{
	return ((size_t) (63 - __builtin_clzll(v | 1)) * 37 >> 8) + 1;
}

static inline uint8_t *
zr_varint_put(uint8_t *p, uint64_t v)
{
	while (v >= 0x80)
	{
		*p++ = (uint8_t) (v | 0x80);
		v >>= 7;
	}
	*p++ = (uint8_t) v;
	return p;
}

/* False when the bytes end first or the number has more than 64 bits. */
static inline bool
zr_varint_get(const uint8_t **p, const uint8_t *end, uint64_t *v)
{
	const uint8_t *s = *p;
	uint64_t	sum = 0;
	int			shift = 0;

	if (s < end && *s < 0x80)
	{
		*v = *s;
		*p = s + 1;
		return true;
	}
	for (; s < end && shift < 64; shift += 7)
	{
		uint8_t		b = *s++;

		sum |= (uint64_t) (b & 0x7F) << shift;
		if (b < 0x80)
		{
			*v = sum;
			*p = s;
			return true;
		}
	}
	return false;
}

#endif							/* ZR_VARINT_CORE_H */
