-- The language of mails, as shared/src/languages.ts lists them. Null: never told, as of accounts from before: English.
ALTER TABLE users ADD COLUMN language text;
