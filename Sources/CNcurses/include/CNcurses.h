// A shim over ncursesw and the signals that a full-screen program has to answer.
//
// ncurses' macros and the variadic calls are not importable into Swift, and what has to happen inside a signal
// handler must not be Swift at all. One process has one terminal; all functions but the signal handlers' are called
// under one lock, held by the caller.
#ifndef DIPTYCH_CNCURSES_H
#define DIPTYCH_CNCURSES_H

#include <stdbool.h>
#include <stdint.h>

// --- locale (locale.c) ---

/// Makes the C library read and measure UTF-8, whatever the environment says, without touching number formats.
/// Returns whether the environment's own locale is UTF-8 or says nothing about it; if not, draw ASCII only.
bool terminal_prepare_locale(void);

/// Columns of a scalar, as the C library has it; -1 where it can't be drawn.
int terminal_scalar_columns(uint32_t scalar);

// --- the screen (screen.c) ---

enum terminal_open_result {
    TERMINAL_OPENED = 0,
    /// There is no terminfo entry of this name.
    TERMINAL_UNKNOWN = 1,
    /// The terminal can't address the cursor or clear the screen.
    TERMINAL_TOO_SIMPLE = 2,
    /// A system call failed; errno says why.
    TERMINAL_FAILED = 3,
};

/// Enters the alternate screen and raw mode. `name` is the value of TERM; both descriptors are terminals.
/// `wants_direct_colors` takes 24-bit colour for granted where terminfo says 256; TERMINFO is set for a moment.
int terminal_open(const char *name, int input, int output, bool wants_direct_colors);
/// Leaves the screen, restores modes and signal handlers, and writes what went to standard error meanwhile.
/// May be called twice.
void terminal_close(void);
/// Stops the process group as Ctrl+Z does in a shell; returns when it is continued, with the screen entered again.
void terminal_suspend(void);
/// Sets the modes again and repaints at the next flush, for instance after another program stopped and continued us.
void terminal_resume(void);
/// Leaves the screen, runs a program in the terminal, and enters the screen again. `arguments` begin with the
/// program's path and end with NULL. Returns its exit status, 128 more than a signal's number where one ended it, or
/// -1 with errno where it couldn't be started.
int terminal_run(const char *const *arguments);
/// Whether the terminal reports the mouse (xterm's modes 1000 and 1006). It is off at first, and while the screen is
/// left.
void terminal_set_mouse(bool is_heard);
/// Sends bytes that draw nothing, as they are.
void terminal_send(const char *bytes, int count);

/// Colours that the terminal can show at once: 0, 8, 16, 256, 16777216 …
int terminal_colors(void);
/// Colour numbers are 24-bit RGB values rather than indices.
bool terminal_has_direct_colors(void);
/// Defines a pair (from 1 on) of colour numbers; -1 is the terminal's own colour. Returns false where it can't.
bool terminal_define_pair(int pair, int foreground, int background);

enum terminal_attribute {
    TERMINAL_BOLD = 1,
    TERMINAL_DIM = 2,
    TERMINAL_REVERSE = 4,
    TERMINAL_UNDERLINE = 8,
    /// Where the terminal has no italics, the text stays upright.
    TERMINAL_ITALIC = 16,
};

/// Puts a base scalar with up to four marks into a cell that is `columns` (1 or 2) wide. Scalars that the C library
/// measures otherwise are replaced, so that no line drifts.
void terminal_put(
    int row, int column, const uint32_t *scalars, int count, int columns, unsigned attributes, int pair);
/// Changes the size of the grid and repaints everything at the next flush.
void terminal_resize(int rows, int columns);
/// Repaints everything at the next flush.
void terminal_repaint(void);
/// Sends what changed and places the cursor; a negative row hides it.
void terminal_flush(int cursor_row, int cursor_column);

// --- signals and the way out (signals.c) ---

/// The end of a pipe that yields one byte, the signal's number, for SIGWINCH, SIGCONT, SIGTSTP, SIGINT, SIGTERM,
/// SIGHUP and SIGQUIT. -1 while no terminal is open.
int terminal_signal_descriptor(void);
/// Lets the calling thread receive these signals. Threads inherit what they hold back from the thread that made them,
/// and those of a concurrency pool hold everything back.
void terminal_accept_signals(void);

#endif
