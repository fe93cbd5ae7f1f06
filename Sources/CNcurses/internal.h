// What the files of this shim share.
#ifndef DIPTYCH_CNCURSES_INTERNAL_H
#define DIPTYCH_CNCURSES_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

// --- signals.c ---

/// Remembers the modes of the terminal and starts to catch standard error. False if a call failed.
bool guard_begin(int terminal);
/// Installs the handlers. `restoring` holds the bytes that leave the screen on a crash.
void guard_arm(const char *restoring, size_t length);
/// Gives the handlers and standard error back, and writes what was caught.
void guard_end(void);
/// Whether the screen is entered now, so that a crash has to leave it.
void guard_set_entered(bool is_entered);
/// What standard error was before it was caught; -1 where it isn't.
int guard_error(void);
/// Stops the process group and returns when it is continued.
void guard_stop(void);

// --- capabilities.c ---

enum capability_result { CAPABILITY_FULL, CAPABILITY_UNKNOWN, CAPABILITY_TOO_SIMPLE };

extern const char capability_paste_on[];
extern const char capability_paste_off[];
extern const char capability_mouse_on[];
extern const char capability_mouse_off[];

/// Whether there is an entry of this name, and whether a full screen can be drawn with it.
enum capability_result capability_probe(const char *name, int output);
bool capability_has_direct_colors(void);
/// What leaves the alternate screen and all attributes, for the handler of crashes. Returns the length.
size_t capability_restoring_bytes(char *buffer, size_t capacity);
/// What clears the screen. Returns the length.
size_t capability_clearing_bytes(char *buffer, size_t capacity);

// --- direct.c ---

/// The terminal's entry with 24-bit colour, as a value for TERMINFO that the caller frees. NULL where the entry says
/// less than 256 colours or has direct ones already.
char *direct_terminfo(const char *name, int output);

// --- program.c ---

/// Runs a program with its standard streams at these descriptors, standard error unchanged where that is -1, and
/// returns its exit status, 128 more than a signal's number where one ended it, or -1 with errno.
int program_run(const char *const *arguments, int input, int output, int error);

#endif
