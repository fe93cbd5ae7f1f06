/* The end of one variant's part of each.h. */
#undef VARIANT
#undef ROWS
#undef STREAMED_TOKENS
#undef PASS_TOKENS
#undef TURNS_SIGNED_CODES
#undef NARROWER
