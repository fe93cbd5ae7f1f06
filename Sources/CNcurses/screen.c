#define _XOPEN_SOURCE 700
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "CNcurses.h"
#include "internal.h"

static SCREEN *screen;
static FILE *input_file, *output_file;
static bool has_colors_now, hears_mouse;

static void send_bytes(const char *bytes, size_t count) {
    fflush(output_file);
    while (count > 0) {
        ssize_t written = write(fileno(output_file), bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

static void send(const char *bytes) { send_bytes(bytes, strlen(bytes)); }

// A multiplexer that was resized meanwhile shows rows of the alternate screen once it is left; they had better be blank.
static void leave(void) {
    char clearing[64];
    size_t length = capability_clearing_bytes(clearing, sizeof clearing - 1);
    clearing[length] = '\0';
    send(capability_paste_off);
    if (hears_mouse) send(capability_mouse_off);
    send(clearing);
    endwin();
}

static void release(void) {
    if (screen != NULL) delscreen(screen);
    screen = NULL;
    if (input_file != NULL) fclose(input_file);
    if (output_file != NULL) fclose(output_file);
    input_file = NULL;
    output_file = NULL;
}

static FILE *open_copy(int descriptor, const char *mode) {
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) return NULL;
    FILE *file = fdopen(copy, mode);
    if (file == NULL) close(copy);
    return file;
}

/// Makes the screen, with an entry of its own in the environment meanwhile.
static SCREEN *make_screen(const char *name, const char *entry) {
    const char *set = getenv("TERMINFO");
    char *previous = set == NULL ? NULL : strdup(set);
    setenv("TERMINFO", entry, 1);
    SCREEN *made = newterm(name, output_file, input_file);
    if (previous != NULL) {
        setenv("TERMINFO", previous, 1);
    } else {
        unsetenv("TERMINFO");
    }
    free(previous);
    return made;
}

int terminal_open(const char *name, int input, int output, bool wants_direct_colors) {
    switch (capability_probe(name, output)) {
    case CAPABILITY_UNKNOWN: return TERMINAL_UNKNOWN;
    case CAPABILITY_TOO_SIMPLE: return TERMINAL_TOO_SIMPLE;
    case CAPABILITY_FULL: break;
    }
    input_file = open_copy(input, "r");
    output_file = open_copy(output, "w");
    if (input_file == NULL || output_file == NULL || !guard_begin(output)) {
        int reason = errno;
        release();
        guard_end();
        errno = reason;
        return TERMINAL_FAILED;
    }
    char *entry = wants_direct_colors ? direct_terminfo(name, output) : NULL;
    if (entry != NULL) screen = make_screen(name, entry);
    free(entry);
    if (screen == NULL) screen = newterm(name, output_file, input_file);
    if (screen == NULL) {
        release();
        guard_end();
        return TERMINAL_UNKNOWN;
    }
    // Bytes are read elsewhere: ncurses must neither look for waiting input nor interpret any.
    typeahead(-1);
    raw();
    noecho();
    nonl();
    has_colors_now = has_colors() && start_color() == OK;
    if (has_colors_now) use_default_colors();
    hears_mouse = false;
    char restoring[512];
    size_t length = capability_restoring_bytes(restoring, sizeof restoring);
    guard_arm(restoring, length);
    guard_set_entered(true);
    refresh();
    send(capability_paste_on);
    return TERMINAL_OPENED;
}

void terminal_close(void) {
    if (screen == NULL) return;
    if (!isendwin()) leave();
    guard_set_entered(false);
    release();
    guard_end();
}

void terminal_suspend(void) {
    if (screen == NULL) return;
    leave();
    guard_set_entered(false);
    guard_stop();
    terminal_resume();
}

void terminal_resume(void) {
    if (screen == NULL) return;
    guard_set_entered(true);
    reset_prog_mode();
    clearok(curscr, TRUE);
    refresh();
    send(capability_paste_on);
    if (hears_mouse) send(capability_mouse_on);
}

int terminal_run(const char *const *arguments) {
    if (screen == NULL) {
        errno = EBADF;
        return -1;
    }
    leave();
    guard_set_entered(false);
    int status = program_run(arguments, fileno(input_file), fileno(output_file), guard_error());
    int reason = errno;
    terminal_resume();
    errno = reason;
    return status;
}

void terminal_set_mouse(bool is_heard) {
    if (screen == NULL || is_heard == hears_mouse) return;
    hears_mouse = is_heard;
    if (!isendwin()) send(is_heard ? capability_mouse_on : capability_mouse_off);
}

void terminal_send(const char *bytes, int count) {
    if (screen != NULL && count > 0 && !isendwin()) send_bytes(bytes, (size_t)count);
}

int terminal_colors(void) { return has_colors_now ? COLORS : 0; }

bool terminal_has_direct_colors(void) { return has_colors_now && capability_has_direct_colors(); }

bool terminal_define_pair(int pair, int foreground, int background) {
    return pair > 0 && pair < COLOR_PAIRS && init_extended_pair(pair, foreground, background) == OK;
}

static attr_t curses_attributes(unsigned attributes) {
    attr_t result = A_NORMAL;
    if (attributes & TERMINAL_BOLD) result |= A_BOLD;
    if (attributes & TERMINAL_DIM) result |= A_DIM;
    if (attributes & TERMINAL_REVERSE) result |= A_REVERSE;
    if (attributes & TERMINAL_UNDERLINE) result |= A_UNDERLINE;
    if (attributes & TERMINAL_ITALIC) result |= A_ITALIC;
    return result;
}

static void put_cell(int row, int column, const wchar_t *text, attr_t attributes, int pair) {
    cchar_t cell;
    if (setcchar(&cell, text, attributes, 0, &pair) == ERR) {
        setcchar(&cell, L"?", attributes, 0, &pair);
    }
    mvadd_wch(row, column, &cell);
}

void terminal_put(
    int row, int column, const uint32_t *scalars, int count, int columns, unsigned attributes, int pair) {
    if (screen == NULL || count < 1 || row < 0 || column < 0 || row >= LINES || column + columns > COLS) return;
    wchar_t text[CCHARW_MAX + 1] = {(wchar_t)scalars[0]};
    int width = wcwidth(text[0]);
    if (width < 1 || width > columns) {
        text[0] = 0xFFFD;
        width = 1;
    } else {
        int length = 1;
        for (int i = 1; i < count && length < CCHARW_MAX; i++) {
            if (wcwidth((wchar_t)scalars[i]) == 0) text[length++] = (wchar_t)scalars[i];
        }
    }
    attr_t drawn = curses_attributes(attributes);
    put_cell(row, column, text, drawn, pair);
    if (width < columns) put_cell(row, column + 1, L" ", drawn, pair);
}

void terminal_resize(int rows, int columns) {
    if (screen == NULL || rows < 1 || columns < 1) return;
    if (rows != LINES || columns != COLS) resizeterm(rows, columns);
    erase();
    terminal_repaint();
}

void terminal_repaint(void) {
    if (screen != NULL) clearok(curscr, TRUE);
}

void terminal_flush(int cursor_row, int cursor_column) {
    if (screen == NULL) return;
    bool is_visible = cursor_row >= 0 && cursor_row < LINES && cursor_column >= 0 && cursor_column < COLS;
    curs_set(is_visible ? 1 : 0);
    move(is_visible ? cursor_row : LINES - 1, is_visible ? cursor_column : 0);
    refresh();
}
