-- In this order: after the second line, the first is refused; after the last, all.
SET enable_external_access = false;
SET disabled_filesystems = 'LocalFileSystem';
SET TimeZone = '{zone}';
SET memory_limit = '{memory}';
SET threads = 2;
SET lock_configuration = true;
