/*
 * char_core.c
 *		How a message shows one character of the user's text, safely.
 */
#include "char_core.h"

#include <stdio.h>

const char *
zr_show_char(char c, char *out)
{
	unsigned char byte = (unsigned char) c;

	if (byte == ' ')
		snprintf(out, ZR_SHOWN_CHAR_MAX, "a blank");
	else if (byte > ' ' && byte < 0x7f)
		snprintf(out, ZR_SHOWN_CHAR_MAX, "\"%c\"", c);
	else if (byte < 0x80)
		snprintf(out, ZR_SHOWN_CHAR_MAX, "byte 0x%02X", byte);
	else
		snprintf(out, ZR_SHOWN_CHAR_MAX, "not ASCII (byte 0x%02X)", byte);
	return out;
}
