/*
 * client_set_core.c
 *		An exact set of client keys: the bytes of a stored set, and its text.
 */
#include "client_set_core.h"

#include <string.h>

#include "varint_core.h"

size_t
zr_client_set_size(const uint64_t *keys, size_t n)
{
	size_t		size;

	if (n <= ZR_CLIENT_SET_PLAIN_MAX)
		return ZR_CLIENT_SET_HEADER + n * sizeof(uint64_t);
	size = ZR_CLIENT_SET_PREFIX + sizeof(uint64_t);
	for (size_t i = 1; i < n; i++)
		size += zr_varint_size(keys[i] - keys[i - 1] - 1);
	return size;
}

void
zr_client_set_encode(const uint64_t *keys, size_t n, uint8_t *out)
{
	uint32_t	count = (uint32_t) n;

	memset(out, 0, ZR_CLIENT_SET_HEADER);
	out[0] = ZR_CLIENT_SET_VERSION;
	if (n <= ZR_CLIENT_SET_PLAIN_MAX)
	{
		out[1] = ZR_CLIENT_SET_PLAIN;
		if (n > 0)
			memcpy(out + ZR_CLIENT_SET_HEADER, keys, n * sizeof(uint64_t));
		return;
	}
	out[1] = ZR_CLIENT_SET_PACKED;
	memcpy(out + ZR_CLIENT_SET_HEADER, &count, sizeof(count));
	out += ZR_CLIENT_SET_PREFIX;
	memcpy(out, keys, sizeof(uint64_t));
	out += sizeof(uint64_t);
	for (size_t i = 1; i < n; i++)
		out = zr_varint_put(out, keys[i] - keys[i - 1] - 1);
}

size_t
zr_client_set_count(const uint8_t *data, size_t len)
{
	uint32_t	count;

	if (len < ZR_CLIENT_SET_HEADER)
		return 0;
	if (data[1] == ZR_CLIENT_SET_PLAIN)
		return (len - ZR_CLIENT_SET_HEADER) / sizeof(uint64_t);
	if (len < ZR_CLIENT_SET_PREFIX)
		return 0;
	memcpy(&count, data + ZR_CLIENT_SET_HEADER, sizeof(count));
	return count;
}

bool
zr_client_set_decode(const uint8_t *data, size_t len, uint64_t *keys)
{
	size_t		n = zr_client_set_count(data, len);
	const uint8_t *p = data + ZR_CLIENT_SET_PREFIX + sizeof(uint64_t);
	const uint8_t *end = data + len;

	if (len < ZR_CLIENT_SET_HEADER || data[0] != ZR_CLIENT_SET_VERSION)
		return false;
	if (data[1] == ZR_CLIENT_SET_PLAIN)
	{
		if (n > 0)
			memcpy(keys, data + ZR_CLIENT_SET_HEADER, n * sizeof(uint64_t));
		return n <= ZR_CLIENT_SET_PLAIN_MAX;
	}
	if (data[1] != ZR_CLIENT_SET_PACKED || p > end)
		return false;
	memcpy(keys, data + ZR_CLIENT_SET_PREFIX, sizeof(uint64_t));
	for (size_t i = 1; i < n; i++)
	{
		uint64_t	distance;

		if (!zr_varint_get(&p, end, &distance))
			return false;
		keys[i] = keys[i - 1] + distance + 1;
	}
	return p == end;
}

static inline const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		p++;
	return p;
}

bool
zr_client_key_parse(const char **p, const char *end, int64_t *key)
{
	const char *s = *p;
	bool		negative = s < end && *s == '-';
	uint64_t	limit = negative ? UINT64_C(1) << 63 : INT64_MAX;
	uint64_t	v = 0;

	s += negative;
	if (s >= end || *s < '0' || *s > '9')
		return false;
	for (; s < end && *s >= '0' && *s <= '9'; s++)
	{
		unsigned	digit = (unsigned) (*s - '0');

		if (v > (limit - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	*key = negative ? (int64_t) (0 - v) : (int64_t) v;
	*p = s;
	return true;
}

char *
zr_client_key_print(int64_t key, char *out)
{
	char		digits[20];
	int			n = 0;
	uint64_t	v = key < 0 ? 0 - (uint64_t) key : (uint64_t) key;

	do
	{
		digits[n++] = (char) ('0' + v % 10);
		v /= 10;
	} while (v > 0);
	if (key < 0)
		*out++ = '-';
	while (n > 0)
		*out++ = digits[--n];
	return out;
}

size_t
zr_client_set_parse_bound(const char *s, size_t len)
{
	size_t		n = 1;

	for (size_t i = 0; i < len; i++)
		n += s[i] == ',';
	return n;
}

bool
zr_client_set_parse(const char *s, size_t len, uint64_t *keys, size_t *n, zr_error *err)
{
	static const char *const hint = "Write client keys in braces, such as {17,18,20}.";
	const char *end = s + len;
	const char *p = skip_blanks(s, end);

	*n = 0;
	if (p >= end || *p != '{')
		return zr_fail(err, ZR_SYNTAX, hint, "The text does not start with \"{\".");
	p = skip_blanks(p + 1, end);
	if (p < end && *p == '}')
		p++;
	else
		for (;;)
		{
			int64_t		key;

			p = skip_blanks(p, end);
			if (!zr_client_key_parse(&p, end, &key))
				return zr_fail(err, ZR_SYNTAX, hint, "There is no whole number of type bigint at character %zu.", (size_t) (p - s) + 1);
			keys[(*n)++] = zr_bias(key);
			p = skip_blanks(p, end);
			if (p < end && *p == ',')
			{
				p++;
				continue;
			}
			if (p < end && *p == '}')
			{
				p++;
				break;
			}
			return zr_fail(err, ZR_SYNTAX, hint, "There is neither \",\" nor \"}\" at character %zu.", (size_t) (p - s) + 1);
		}
	if (skip_blanks(p, end) != end)
		return zr_fail(err, ZR_SYNTAX, hint, "There is text after the closing brace.");
	return true;
}

size_t
zr_client_set_print(const uint64_t *keys, size_t n, char *out)
{
	char	   *p = out;

	*p++ = '{';
	for (size_t i = 0; i < n; i++)
	{
		if (i > 0)
			*p++ = ',';
		p = zr_client_key_print(zr_unbias(keys[i]), p);
	}
	*p++ = '}';
	*p = '\0';
	return (size_t) (p - out);
}
