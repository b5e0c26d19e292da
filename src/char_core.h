/*
 * char_core.h
 *		How a message shows one character of the user's text, safely.
 */
#ifndef ZR_CHAR_CORE_H
#define ZR_CHAR_CORE_H

#define ZR_SHOWN_CHAR_MAX 16

/*
 * Writes "x" with its quotes for printable ASCII, "a blank" for a blank, and
 * the byte's number for all else: a byte cut from a multibyte character would
 * make the message invalid text. Returns out.
 */
extern const char *zr_show_char(char c, char *out);

#endif							/* ZR_CHAR_CORE_H */
