// A terminfo entry for terminals that show 24-bit colour though their entry says 256.
//
// ncurses takes colours by number from terminfo alone, and few entries have direct colour. So the terminal's own entry
// is copied, with the numbers of colours and pairs, the two strings that set a colour and the flag `RGB` exchanged, and
// handed over in the environment as `TERMINFO=hex:…`, which ncurses reads since 6.1. The layout is that of term(5),
// "extended number format" and "extended storage".
#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

#include "internal.h"

enum {
    magic_32_bit = 01036,
    // What the compiled form holds of the capabilities that curses knows, in the order of term.h.
    flag_count = 37,
    number_count = 33,
    string_count = 394,
    header_bytes = 12,
    capacity = 16 * 1024,
};

// Numbers below 8 stay the named colours, as xterm-direct has them.
static const char foreground_string[] =
    "\033[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m";
static const char background_string[] =
    "\033[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m";

struct entry {
    unsigned char bytes[capacity];
    size_t length;
    bool is_full;
};

static void put_bytes(struct entry *entry, const void *bytes, size_t count) {
    if (entry->length + count > capacity) {
        entry->is_full = true;
        return;
    }
    memcpy(entry->bytes + entry->length, bytes, count);
    entry->length += count;
}

static void put_number(struct entry *entry, int value, int bytes) {
    unsigned char little[4];
    for (int i = 0; i < bytes; i++) little[i] = (unsigned char)((unsigned)value >> (8 * i));
    put_bytes(entry, little, (size_t)bytes);
}

static void put_padding(struct entry *entry) {
    if (entry->length % 2 == 1) put_number(entry, 0, 1);
}

static bool is(const char *name, const char *other) { return strcmp(name, other) == 0; }

/// A string's place in the table of strings, after it was added there; -1 where the terminal hasn't got it.
static int add_string(struct entry *table, const char *text) {
    if (text == NULL || text == (char *)-1) return -1;
    int place = (int)table->length;
    put_bytes(table, text, strlen(text) + 1);
    return place;
}

static void put_flags(struct entry *entry) {
    for (int i = 0; i < flag_count; i++) {
        // Direct colours can't be changed.
        put_number(entry, !is(boolnames[i], "ccc") && tigetflag(boolnames[i]) > 0, 1);
    }
}

static void put_numbers(struct entry *entry) {
    for (int i = 0; i < number_count; i++) {
        int value = tigetnum(numnames[i]);
        if (is(numnames[i], "colors")) value = 1 << 24;
        if (is(numnames[i], "pairs")) value = 1 << 16;
        put_number(entry, value < 0 ? -1 : value, 4);
    }
}

static void put_strings(struct entry *entry, struct entry *table) {
    for (int i = 0; i < string_count; i++) {
        const char *name = strnames[i];
        const char *text = tigetstr(name);
        if (is(name, "setaf") || is(name, "setf")) text = foreground_string;
        if (is(name, "setab") || is(name, "setb")) text = background_string;
        if (is(name, "initc") || is(name, "initp")) text = NULL;
        put_number(entry, add_string(table, text), 2);
    }
}

/// The capabilities beyond those of term.h that ncurses itself asks for.
static void put_extensions(struct entry *entry) {
    static const char rgb[] = "RGB", default_colors[] = "AX", line_drawing[] = "U8";
    bool has_default_colors = tigetflag(default_colors) > 0;
    int utf8_lines = tigetnum(line_drawing);
    int flags = has_default_colors ? 2 : 1, numbers = utf8_lines >= 0 ? 1 : 0;
    struct entry table = {.length = 0};
    int places[3], names = 0;
    if (has_default_colors) places[names++] = add_string(&table, default_colors);
    places[names++] = add_string(&table, rgb);
    if (numbers == 1) places[names++] = add_string(&table, line_drawing);
    put_padding(entry);
    const int header[] = {flags, numbers, 0, names, (int)table.length};
    for (size_t i = 0; i < sizeof header / sizeof *header; i++) put_number(entry, header[i], 2);
    for (int i = 0; i < flags; i++) put_number(entry, 1, 1);
    put_padding(entry);
    if (numbers == 1) put_number(entry, utf8_lines, 4);
    for (int i = 0; i < names; i++) put_number(entry, places[i], 2);
    put_bytes(entry, table.bytes, table.length);
}

char *direct_terminfo(const char *name, int output) {
    int error = 0;
    if (setupterm(name, output, &error) != OK) return NULL;
    struct entry entry = {.length = 0}, table = {.length = 0};
    bool is_wanted = tigetnum("colors") >= 256 && tigetflag("RGB") <= 0;
    size_t name_bytes = strlen(name) + 1;
    const int header[] = {magic_32_bit, (int)name_bytes, flag_count, number_count, string_count, 0};
    for (size_t i = 0; i < sizeof header / sizeof *header; i++) put_number(&entry, header[i], 2);
    put_bytes(&entry, name, name_bytes);
    put_flags(&entry);
    put_padding(&entry);
    put_numbers(&entry);
    put_strings(&entry, &table);
    put_bytes(&entry, table.bytes, table.length);
    put_extensions(&entry);
    del_curterm(cur_term);
    if (!is_wanted || entry.is_full || table.is_full) return NULL;
    entry.bytes[header_bytes - 2] = (unsigned char)(table.length & 0xFF);
    entry.bytes[header_bytes - 1] = (unsigned char)(table.length >> 8);

    static const char prefix[] = "hex:", digits[] = "0123456789ABCDEF";
    char *text = malloc(sizeof prefix + 2 * entry.length);
    if (text == NULL) return NULL;
    memcpy(text, prefix, sizeof prefix);
    char *end = text + strlen(prefix);
    for (size_t i = 0; i < entry.length; i++) {
        *end++ = digits[entry.bytes[i] >> 4];
        *end++ = digits[entry.bytes[i] & 15];
    }
    *end = '\0';
    return text;
}
