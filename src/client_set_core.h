/*
 * client_set_core.h
 *		An exact set of client keys: the bytes of a stored set, and its text.
 *
 * Keys are biased (zr_bias), so that unsigned order is the order of bigint.
 *
 * Stored bytes, after the length word of the varlena:
 *	0	version, 1
 *	1	form, 0 plain or 1 packed
 *	2	two reserved bytes, zero
 * plain, up to ZR_CLIENT_SET_PLAIN_MAX keys:
 *	4	the keys, ascending, eight bytes each
 * packed, more keys than that:
 *	4	number of keys, four bytes
 *	8	the first key, eight bytes
 *	16	for each next key its distance to the one before minus 1, as a varint
 *
 * The form follows from the number of keys, so equal sets have equal bytes.
 */
#ifndef ZR_CLIENT_SET_CORE_H
#define ZR_CLIENT_SET_CORE_H

#include "error_core.h"
#include "radix_core.h"

#define ZR_CLIENT_SET_VERSION	1
#define ZR_CLIENT_SET_PLAIN		0
#define ZR_CLIENT_SET_PACKED	1
#define ZR_CLIENT_SET_PLAIN_MAX 128
#define ZR_CLIENT_SET_HEADER	4
#define ZR_CLIENT_SET_PREFIX	8	/* enough bytes to know the number of keys of a packed set */
#define ZR_CLIENT_KEY_TEXT_MAX	21	/* sign, 19 digits and a separator */

/* keys[0..n) ascending without repetition */
extern size_t zr_client_set_size(const uint64_t *keys, size_t n);
extern void zr_client_set_encode(const uint64_t *keys, size_t n, uint8_t *out);

/* Number of keys in len stored bytes. */
extern size_t zr_client_set_count(const uint8_t *data, size_t len);

/* Writes zr_client_set_count keys; false when the bytes are damaged. */
extern bool zr_client_set_decode(const uint8_t *data, size_t len, uint64_t *keys);

/* At most this many keys are in the text. */
extern size_t zr_client_set_parse_bound(const char *s, size_t len);

/* "{17,18,20}", any order and blanks allowed; keys come out in the order of the text, as written. */
extern bool zr_client_set_parse(const char *s, size_t len, uint64_t *keys, size_t *n, zr_error *err);

/* Writes at most n * ZR_CLIENT_KEY_TEXT_MAX + 3 bytes with the NUL, returns the length without it. */
extern size_t zr_client_set_print(const uint64_t *keys, size_t n, char *out);

/* A bigint in ASCII digits at *p; advances *p. Shared with care_history. */
extern bool zr_client_key_parse(const char **p, const char *end, int64_t *key);
extern char *zr_client_key_print(int64_t key, char *out);

#endif							/* ZR_CLIENT_SET_CORE_H */
