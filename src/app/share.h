/* share.h - the folder of themes/ and lang/ that came with the program. */
#ifndef APP_SHARE_H
#define APP_SHARE_H

/* HAMEAU_SHARE when it is set; else where the program was installed; else, for one that was
 * moved with its folder or was only built, share/hameau beside its bin/ or the first folder
 * above it that holds both. Found once per process; call it before threads start. */
const char *share_dir(void);

#endif
