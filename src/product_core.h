/*
 * product_core.h
 *		Product category and/or code of iWmo/iJw, packed in four bytes.
 *
 * category * 37^5 + the code as five base-37 digits, left-aligned: 0 = no
 * character, 1-10 = '0'-'9', 11-36 = 'A'-'Z'. Category 0 = not known. Integer
 * order is therefore: category, then code as ASCII text. 0 is no product.
 */
#ifndef ZR_PRODUCT_CORE_H
#define ZR_PRODUCT_CORE_H

#include <stddef.h>
#include <stdint.h>

#include "error_core.h"

typedef uint32_t zr_product;

#define ZR_PRODUCT_NONE			0
#define ZR_PRODUCT_CODE_SPAN	69343957u	/* 37^5 */
#define ZR_PRODUCT_MAX_CATEGORY 60
#define ZR_PRODUCT_TEXT_MAX		9	/* "01:12345" and NUL */

static inline int
zr_product_category(zr_product p)
{
	return (int) (p / ZR_PRODUCT_CODE_SPAN);
}

/* the code's base-37 number, 0 when there is only a category */
static inline uint32_t
zr_product_code(zr_product p)
{
	return p % ZR_PRODUCT_CODE_SPAN;
}

/* Whole text s[0..len) is a product. */
extern bool zr_product_parse(const char *s, size_t len, zr_product *result, zr_error *err);

/* Either part may be NULL (not both): the constructor product(category, code). */
extern bool zr_product_make(const char *category, size_t category_len,
							const char *code, size_t code_len, zr_product *result, zr_error *err);

/* True for a number that some text form has: what RECEIVE accepts. */
extern bool zr_product_is_valid(zr_product p);

/* Writes the canonical text and a NUL, returns its length. */
extern int	zr_product_print(zr_product p, char *out);

/* Writes the code (up to five characters and a NUL), returns its length. */
extern int	zr_product_print_code(zr_product p, char *out);

/* "Wmo" for categories 01-18, "Jeugdwet" for 31-55, else NULL. */
extern const char *zr_product_law(zr_product p);

#endif							/* ZR_PRODUCT_CORE_H */
