/*
 * char_core.h
 *		How a message shows one character of the user's text, safely.
 */
#ifndef ZR_CHAR_CORE_H
#define ZR_CHAR_CORE_H

#define ZR_SHOWN_CHAR_MAX 32

/*
 * What follows "Character n is": "x" with its quotes for printable ASCII, "a
 * blank", else the number of the byte, since a byte cut from a multibyte
 * character would make the message invalid text. Returns out.
 */
extern const char *zr_show_char(char c, char *out);

#endif							/* ZR_CHAR_CORE_H */
