//! Reading the settings: defaults, file, environment, then the secrets' own files.

use std::path::Path;

use figment::Figment;
use figment::providers::{Env, Format, Toml};

use crate::{Error, Result, Settings};

impl Settings {
    /// Reads `file` (where one is named, it must exist), then `BELFRY__SECTION__KEY`.
    pub fn load(file: Option<&Path>) -> Result<Self> {
        let mut figment = Figment::new();
        if let Some(path) = file {
            if !path.is_file() {
                return Err(Error::NoFile { path: path.to_owned() });
            }
            figment = figment.merge(Toml::file_exact(path));
        }
        Self::extract(&figment.merge(Env::prefixed("BELFRY__").split("__")))
    }

    fn extract(figment: &Figment) -> Result<Self> {
        let mut settings: Self = figment.extract()?;
        settings.database.read_secret_files()?;
        settings.queue.read_secret_files()?;
        settings.cache.read_secret_files()?;
        settings.mail.read_secret_files()?;
        settings.check()?;
        Ok(settings)
    }

    /// From a TOML text: for tests and for `settings check` on a text that has no file yet.
    pub fn from_toml(text: &str) -> Result<Self> {
        Self::extract(&Figment::new().merge(Toml::string(text)))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const LEAST: &str = "[platform]\nshared_domain = 'social.example'\n";

    #[test]
    fn the_shared_domain_is_all_that_must_be_set() {
        let settings = Settings::from_toml(LEAST).unwrap();
        assert_eq!(settings.names().shared_inbox(), "https://social.example/inbox");
        assert_eq!(settings.queue.url.expose(), "embedded");
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = Settings::from_toml(&format!("{LEAST}[queue]\nprefech = 5\n")).unwrap_err().to_string();
        assert!(error.contains("prefech") && error.contains("prefetch"), "{error}");
    }

    #[test]
    fn an_unknown_section_is_refused_by_name() {
        let error = Settings::from_toml(&format!("{LEAST}[quue]\nprefetch = 5\n")).unwrap_err().to_string();
        assert!(error.contains("quue"), "{error}");
    }

    #[test]
    fn a_wrong_type_names_the_key() {
        let error =
            Settings::from_toml(&format!("{LEAST}[queue]\nprefetch = 'many'\n")).unwrap_err().to_string();
        assert!(error.contains("queue.prefetch"), "{error}");
    }

    #[test]
    fn a_missing_shared_domain_is_said() {
        let error = Settings::from_toml("[platform]\n").unwrap_err().to_string();
        assert!(error.contains("shared_domain"), "{error}");
    }

    #[test]
    fn a_secret_comes_from_its_file_without_the_line_end() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        writeln!(file, "postgres://app:hunter2@db/belfry").unwrap();
        let text = format!("{LEAST}[database]\nurl_file = '{}'\n", file.path().display());
        let settings = Settings::from_toml(&text).unwrap();
        assert_eq!(settings.database.app_url().unwrap().expose(), "postgres://app:hunter2@db/belfry");
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn a_secret_set_twice_is_refused() {
        let text = format!("{LEAST}[database]\nurl = 'postgres://a'\nurl_file = '/run/secret'\n");
        assert!(matches!(Settings::from_toml(&text), Err(Error::SetTwice { key: "database.url" })));
    }

    #[test]
    fn a_secret_file_that_is_not_there_is_named() {
        let text = format!("{LEAST}[database]\nurl_file = '/no/such/file'\n");
        let error = Settings::from_toml(&text).unwrap_err().to_string();
        assert!(error.contains("database.url") && error.contains("/no/such/file"), "{error}");
    }

    #[test]
    #[expect(clippy::result_large_err, reason = "the closure's error type is figment's")]
    fn the_environment_overrides_the_file() {
        figment::Jail::expect_with(|jail| {
            jail.create_file("belfry.toml", LEAST)?;
            jail.set_env("BELFRY__QUEUE__PREFETCH", "7");
            let settings = Settings::load(Some(Path::new("belfry.toml"))).expect("valid settings");
            assert_eq!(settings.queue.prefetch, 7);
            Ok(())
        });
    }

    #[test]
    fn a_missing_file_says_how_to_get_one() {
        let error = Settings::load(Some(Path::new("/no/such/belfry.toml"))).unwrap_err().to_string();
        assert!(error.contains("settings sample"), "{error}");
    }

    #[test]
    fn media_in_s3_is_refused_for_now_rather_than_ignored() {
        let error =
            Settings::from_toml(&format!("{LEAST}[media]\nurl = 's3://bucket'\n")).unwrap_err().to_string();
        assert!(error.contains("media.url"), "{error}");
    }
}
