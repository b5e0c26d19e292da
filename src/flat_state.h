/*
 * flat_state.h
 *		Growing a small aggregate state in place.
 *
 * A state that is an ordinary varlena may be changed by its transition
 * function; the executor copies (and frees the old one) only when another
 * pointer comes back. A memory chunk is mostly larger than what was asked
 * for, so a state can grow inside its chunk and keep its address.
 */
#ifndef ZR_FLAT_STATE_H
#define ZR_FLAT_STATE_H

#include "compat.h"

#include "utils/memutils.h"

/*
 * Makes room for size bytes at the state's own address. False when the chunk
 * is too small: then the caller returns a new value and leaves the state alone.
 */
static inline bool
zr_state_resize(struct varlena *state, Size size)
{
	if (size > VARSIZE(state))
	{
		if (GetMemoryChunkSpace(state) < size + ZR_CHUNK_OVERHEAD)
			return false;
		/* stays where it is, but tells checking allocators the new size */
		if (repalloc(state, size) != state)
			elog(ERROR, "an aggregate state moved inside its memory chunk");
	}
	SET_VARSIZE(state, size);
	return true;
}

#endif							/* ZR_FLAT_STATE_H */
