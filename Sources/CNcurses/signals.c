#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "CNcurses.h"
#include "internal.h"

enum { restoring_capacity = 512, alternate_stack_bytes = 64 * 1024, caught_capacity = 64 * 1024 };

static const int notified_signals[] = {SIGWINCH, SIGCONT, SIGTSTP};
static const int terminating_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
static const int crash_signals[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE};

static int signal_pipe[2] = {-1, -1};
static int terminal = -1;
static struct termios shell_modes;
static char restoring[restoring_capacity];
static size_t restoring_length;
static volatile sig_atomic_t is_entered;
static volatile sig_atomic_t is_stopping;
static volatile sig_atomic_t is_continued;
static volatile sig_atomic_t terminations;
static struct sigaction previous[NSIG];
static bool is_armed;

/// What was standard error before, and the file that catches it while the screen is up.
static int real_error = -1;
static int caught_error = -1;

static void write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

/// Writes the last part of what was caught. Safe in a signal handler.
static void release_error(void) {
    if (real_error < 0) return;
    dup2(real_error, STDERR_FILENO);
    off_t end = lseek(caught_error, 0, SEEK_END);
    off_t position = end > caught_capacity ? end - caught_capacity : 0;
    char buffer[1024];
    ssize_t count;
    while (position < end && (count = pread(caught_error, buffer, sizeof buffer, position)) > 0) {
        write_all(STDERR_FILENO, buffer, (size_t)count);
        position += count;
    }
    close(caught_error);
    close(real_error);
    caught_error = -1;
    real_error = -1;
}

/// Leaves the screen with nothing but system calls. Safe in a signal handler.
static void leave_screen(void) {
    if (!is_entered) return;
    is_entered = 0;
    // A background process that sets modes would be stopped.
    signal(SIGTTOU, SIG_IGN);
    write_all(terminal, restoring, restoring_length);
    tcsetattr(terminal, TCSANOW, &shell_modes);
}

static void on_notified(int number) {
    int error = errno;
    if (number == SIGCONT) is_continued = 1;
    // Whoever stopped us here takes up again by itself.
    if (number == SIGCONT && is_stopping) return;
    unsigned char byte = (unsigned char)number;
    // The pipe doesn't block; where it is full, enough is waiting to be read.
    ssize_t ignored = write(signal_pipe[1], &byte, 1);
    (void)ignored;
    errno = error;
}

static void on_terminating(int number) {
    if (terminations++ == 0) {
        on_notified(number);
        return;
    }
    // Asked twice: whoever should have answered the first time doesn't.
    leave_screen();
    release_error();
    signal(number, SIG_DFL);
    raise(number);
}

static void on_crash(int number, siginfo_t *info, void *context) {
    leave_screen();
    release_error();
    sigaction(number, &previous[number], NULL);
    // A fault of the processor happens again on return, then in the previous handler.
    if (info->si_code > 0) return;
    // A signal that was sent doesn't, and the previous handler, which may only report, isn't relied on to end anything.
    if (previous[number].sa_flags & SA_SIGINFO) previous[number].sa_sigaction(number, info, context);
    signal(number, SIG_DFL);
    raise(number);
}

static void on_exit_process(void) {
    leave_screen();
    release_error();
}

static bool open_pipe(void) {
    if (signal_pipe[0] >= 0) return true;
    if (pipe(signal_pipe) != 0) return false;
    for (int i = 0; i < 2; i++) {
        fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
        fcntl(signal_pipe[i], F_SETFD, FD_CLOEXEC);
    }
    return true;
}

/// Only what would land on the screen is caught; a redirected standard error stays where it goes. Where nothing can be
/// caught, for want of a temporary file, it lands on the screen.
static void catch_error(void) {
    if (!isatty(STDERR_FILENO)) return;
    FILE *file = tmpfile();
    if (file == NULL) return;
    caught_error = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
    fclose(file);
    real_error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (caught_error >= 0 && real_error >= 0 && dup2(caught_error, STDERR_FILENO) >= 0) return;
    if (caught_error >= 0) close(caught_error);
    if (real_error >= 0) close(real_error);
    caught_error = -1;
    real_error = -1;
}

bool guard_begin(int descriptor) {
    static bool is_registered;
    if (!open_pipe() || tcgetattr(descriptor, &shell_modes) != 0) return false;
    terminal = descriptor;
    if (!is_registered && atexit(on_exit_process) == 0) is_registered = true;
    catch_error();
    return true;
}

static void install(int number, const struct sigaction *action) {
    sigaction(number, NULL, &previous[number]);
    sigaction(number, action, NULL);
}

void guard_arm(const char *bytes, size_t length) {
    restoring_length = length < restoring_capacity ? length : restoring_capacity;
    memcpy(restoring, bytes, restoring_length);

    // A crash by running out of stack needs another stack to answer on.
    static char alternate_stack[alternate_stack_bytes];
    stack_t stack = {.ss_sp = alternate_stack, .ss_size = alternate_stack_bytes}, current;
    if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) sigaltstack(&stack, NULL);

    struct sigaction action = {.sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    action.sa_handler = on_notified;
    for (size_t i = 0; i < sizeof notified_signals / sizeof *notified_signals; i++) {
        install(notified_signals[i], &action);
    }
    action.sa_handler = on_terminating;
    for (size_t i = 0; i < sizeof terminating_signals / sizeof *terminating_signals; i++) {
        install(terminating_signals[i], &action);
    }
    struct sigaction crash = {.sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&crash.sa_mask);
    crash.sa_sigaction = on_crash;
    for (size_t i = 0; i < sizeof crash_signals / sizeof *crash_signals; i++) {
        int number = crash_signals[i];
        struct sigaction current_action;
        sigaction(number, NULL, &current_action);
        // Whoever answers a bus error already recovers from it: a mapped file became shorter.
        bool is_default = !(current_action.sa_flags & SA_SIGINFO) && current_action.sa_handler == SIG_DFL;
        if (number == SIGBUS && !is_default) {
            previous[number] = current_action;
            continue;
        }
        install(number, &crash);
    }
    terminations = 0;
    is_armed = true;
}

void guard_set_entered(bool entered) { is_entered = entered; }

void guard_end(void) {
    is_entered = 0;
    if (is_armed) {
        is_armed = false;
        const int *const lists[] = {notified_signals, terminating_signals, crash_signals};
        const size_t counts[] = {sizeof notified_signals / sizeof(int), sizeof terminating_signals / sizeof(int),
                                 sizeof crash_signals / sizeof(int)};
        for (size_t list = 0; list < 3; list++) {
            for (size_t i = 0; i < counts[list]; i++) sigaction(lists[list][i], &previous[lists[list][i]], NULL);
        }
    }
    if (terminal >= 0) {
        tcsetattr(terminal, TCSADRAIN, &shell_modes);
        terminal = -1;
    }
    release_error();
}

int guard_error(void) { return real_error; }

void guard_stop(void) {
    struct sigaction ours, standard = {.sa_handler = SIG_DFL};
    sigaction(SIGTSTP, &standard, &ours);
    is_continued = 0;
    is_stopping = 1;
    // The whole group, as the terminal's driver does it: a `make` that started us must stop too.
    kill(0, SIGTSTP);
    // The stop may come a moment later, on another thread, or not at all, where no shell would continue us.
    for (int i = 0; i < 20 && !is_continued; i++) {
        struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
        nanosleep(&pause, NULL);
    }
    is_stopping = 0;
    sigaction(SIGTSTP, &ours, NULL);
}

void terminal_accept_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    for (size_t i = 0; i < sizeof notified_signals / sizeof *notified_signals; i++) {
        sigaddset(&signals, notified_signals[i]);
    }
    for (size_t i = 0; i < sizeof terminating_signals / sizeof *terminating_signals; i++) {
        sigaddset(&signals, terminating_signals[i]);
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

int terminal_signal_descriptor(void) { return signal_pipe[0]; }
