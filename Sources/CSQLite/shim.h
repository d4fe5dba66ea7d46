#include <sqlite3.h>

// sqlite3_db_config takes arguments of any number, which Swift has no form for.

// Makes a connection take nothing in a database for an order: no functions, views or triggers of its schema, no
// writing of its own structures. Returns SQLITE_OK or the first error.
static inline int untrail_sqlite_defend(sqlite3 *database) {
  static const struct {
    int option, value;
  } settings[] = {
      {SQLITE_DBCONFIG_DEFENSIVE, 1},
      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
      {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
      {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
      {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
  };
  for (unsigned index = 0; index < sizeof settings / sizeof *settings; index++) {
    int status = sqlite3_db_config(database, settings[index].option, settings[index].value, (int *)0);
    if (status != SQLITE_OK) return status;
  }
  return SQLITE_OK;
}
