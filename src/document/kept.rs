//! [`Kept`]: a value that a cache holds as bytes, read when somebody first looks at it.
//!
//! A warm build knows of every page, but looks into few. So what is large in a page stays in the bytes that the cache
//! had, and goes back into the next cache as it is. Used for summaries, and for what the rules know of a page.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A shared value, or the bytes that it was saved as.
pub struct Kept<T>(Arc<Inner<T>>);

struct Inner<T> {
    /// None for a value that was made in this run.
    bytes: Option<Bytes>,
    value: OnceLock<Box<T>>,
}

impl<T> Kept<T> {
    /// A value that was saved as `bytes`.
    pub fn saved(bytes: Bytes) -> Kept<T> {
        Kept(Arc::new(Inner { bytes: Some(bytes), value: OnceLock::new() }))
    }

    /// Whether the value was made or looked at in this run.
    pub fn is_open(&self) -> bool {
        self.0.value.get().is_some()
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Kept(self.0.clone())
    }
}

impl<T: Default> Default for Kept<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T> From<T> for Kept<T> {
    fn from(value: T) -> Self {
        Kept(Arc::new(Inner { bytes: None, value: OnceLock::from(Box::new(value)) }))
    }
}

impl<T: DeserializeOwned + Default> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.value.get_or_init(|| {
            let bytes = self.0.bytes.as_deref().unwrap_or_default();
            // The cache as a whole has a checksum and was written by this very program: bytes that are no value do not
            // come from it.
            postcard::from_bytes(bytes).unwrap_or_default()
        })
    }
}

impl<T: DeserializeOwned + Default + std::fmt::Debug> std::fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: DeserializeOwned + Default + PartialEq> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl<T: Serialize> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (&self.0.bytes, self.0.value.get()) {
            (Some(bytes), _) => serializer.serialize_bytes(bytes),
            (None, Some(value)) => {
                serializer.serialize_bytes(&postcard::to_stdvec(value).map_err(S::Error::custom)?)
            }
            (None, None) => Err(S::Error::custom("neither a value nor its bytes")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_when_it_is_looked_at() {
        let made: Kept<(String, Vec<u32>)> = ("Push-in".to_string(), vec![1, 2, 300]).into();
        assert!(made.is_open());
        let bytes = postcard::to_stdvec(&made).unwrap();
        let inner = Bytes::from(bytes.clone()).slice(1..);
        let kept: Kept<(String, Vec<u32>)> = Kept::saved(inner.clone());
        assert!(!kept.is_open());
        // What nobody looked at is saved as it was.
        assert_eq!(postcard::to_stdvec(&kept).unwrap(), bytes);
        assert!(!kept.is_open());
        assert_eq!(kept, made);
        assert!(kept.clone().is_open());
    }
}
