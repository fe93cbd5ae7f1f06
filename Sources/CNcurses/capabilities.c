// The terminfo entry. Apart from screen.c, because term.h defines macros named like ordinary words.
#include <curses.h>
#include <string.h>
#include <term.h>

#include "internal.h"

const char capability_paste_on[] = "\033[?2004h";
const char capability_paste_off[] = "\033[?2004l";
// Buttons, reported in a form that knows no largest column.
const char capability_mouse_on[] = "\033[?1000h\033[?1006h";
const char capability_mouse_off[] = "\033[?1006l\033[?1000l";

enum capability_result capability_probe(const char *name, int output) {
    int error = 0;
    if (setupterm(name, output, &error) != OK) return CAPABILITY_UNKNOWN;
    bool is_capable = cursor_address != NULL && clear_screen != NULL;
    del_curterm(cur_term);
    return is_capable ? CAPABILITY_FULL : CAPABILITY_TOO_SIMPLE;
}

bool capability_has_direct_colors(void) { return tigetflag("RGB") > 0; }

/// Adds a capability's bytes, without the pauses ("$<5>") that terminals of metal needed.
static size_t append(char *buffer, size_t length, size_t capacity, const char *capability) {
    if (capability == NULL || capability == (char *)-1) return length;
    for (const char *byte = capability; *byte != '\0'; byte++) {
        if (byte[0] == '$' && byte[1] == '<') {
            const char *end = strchr(byte, '>');
            if (end == NULL) break;
            byte = end;
        } else if (length < capacity) {
            buffer[length++] = *byte;
        }
    }
    return length;
}

size_t capability_restoring_bytes(char *buffer, size_t capacity) {
    size_t length = append(buffer, 0, capacity, capability_paste_off);
    length = append(buffer, length, capacity, capability_mouse_off);
    length = append(buffer, length, capacity, exit_attribute_mode);
    length = append(buffer, length, capacity, orig_pair);
    length = append(buffer, length, capacity, exit_ca_mode);
    return append(buffer, length, capacity, cursor_normal);
}

size_t capability_clearing_bytes(char *buffer, size_t capacity) { return append(buffer, 0, capacity, clear_screen); }
