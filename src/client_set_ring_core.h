/*
 * client_set_ring_core.h
 *		Rows of an aggregate that wait for the state of their group.
 *
 * In a hash aggregate of many groups the state of a row is seldom in the
 * processor's cache. The row asks for it and waits its turn, while those before it
 * are added: so the fetches overlap each other and the rest of the query.
 */
#ifndef ZR_CLIENT_SET_RING_CORE_H
#define ZR_CLIENT_SET_RING_CORE_H

#include <stddef.h>

#include "client_set_growing_core.h"

#define ZR_RING_SIZE 16			/* rows; a fetch from memory takes the time of one or two */

typedef struct zr_waiting
{
	zr_growing *set;			/* NULL: nothing waits here */
	uint64_t	key;
} zr_waiting;

/* All zero at first. */
typedef struct zr_ring
{
	unsigned	next;
	zr_waiting	rows[ZR_RING_SIZE];
} zr_ring;

/* Puts a row in the ring and takes out the one whose turn it is; one without a set when there is none. */
static inline zr_waiting
zr_ring_exchange(zr_ring *ring, zr_growing *set, uint64_t key)
{
	zr_waiting *place = &ring->rows[ring->next++ % ZR_RING_SIZE];
	zr_waiting	due = *place;

	__builtin_prefetch(set, 1);
	place->set = set;
	place->key = key;
	return due;
}

/* Takes out the next row; false when the ring is empty. */
static inline bool
zr_ring_take(zr_ring *ring, zr_waiting *due)
{
	for (int i = 0; i < ZR_RING_SIZE; i++)
	{
		zr_waiting *place = &ring->rows[ring->next++ % ZR_RING_SIZE];

		if (place->set != NULL)
		{
			*due = *place;
			place->set = NULL;
			return true;
		}
	}
	return false;
}

#endif							/* ZR_CLIENT_SET_RING_CORE_H */
