//! Where commands write: standard output, or a file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::path::{Path, PathBuf};

use geopol::error::{Error, Result};

/// A place to write to; nothing is kept before `finish`.
pub enum Output {
    Standard(BufWriter<Stdout>),
    File(WholeFile),
}

/// A file written beside its final place and moved there at the end.
pub struct WholeFile {
    writer: BufWriter<File>,
    temporary: PathBuf,
    target: PathBuf,
    is_finished: bool,
}

impl Output {
    /// The file, or standard output where none is named or it is `-`.
    pub fn open(path: Option<&Path>) -> Result<Output> {
        match path {
            None => Ok(Output::standard()),
            Some(path) if path == Path::new("-") => Ok(Output::standard()),
            Some(path) => WholeFile::create(path).map(Output::File).map_err(|error| Error::io(path, &error)),
        }
    }

    fn standard() -> Output {
        Output::Standard(BufWriter::with_capacity(1 << 16, stdout()))
    }

    /// Flushes, and moves a file to its place.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Output::Standard(mut writer) => writer.flush(),
            Output::File(file) => file.finish(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(writer) => writer.write(bytes),
            Output::File(file) => file.writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Standard(writer) => writer.flush(),
            Output::File(file) => file.writer.flush(),
        }
    }
}

impl WholeFile {
    fn create(path: &Path) -> io::Result<WholeFile> {
        // A link keeps pointing where it does; a pipe or a device cannot be replaced and is written to as it is.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let existing = fs::metadata(&target).ok();
        if existing.as_ref().is_some_and(|metadata| metadata.is_dir()) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let temporary = match &existing {
            Some(metadata) if !metadata.is_file() => target.clone(),
            _ => {
                let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
                target.with_file_name(format!(".{name}.{}.part", std::process::id()))
            }
        };
        let file = File::create(&temporary)?;
        if let Some(metadata) = existing {
            // Not every file system has permissions to keep.
            let _ = file.set_permissions(metadata.permissions());
        }
        Ok(WholeFile { writer: BufWriter::with_capacity(1 << 16, file), temporary, target, is_finished: false })
    }

    fn finish(mut self) -> io::Result<()> {
        self.writer.flush()?;
        if self.temporary != self.target {
            fs::rename(&self.temporary, &self.target)?;
        }
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if !self.is_finished && self.temporary != self.target {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}
