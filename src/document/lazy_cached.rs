//! [`LazyCached`]: a value that a cache holds as bytes, read when somebody first looks at it.
//!
//! A warm build knows of every page, but looks into few. So what is large in a page stays in the bytes that the cache
//! had, and goes back into the next cache as it is. Used for summaries, and for what the rules know of a page.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// Whether bytes of a cache turned out to be no value: then nothing that was made of this cache may be believed.
///
/// The checksum of a section and the identity of the program that wrote it leave one cause, a fault of the program. Even
/// then a run must be cold, not wrong.
#[derive(Debug, Clone, Default)]
pub struct Damage(Arc<AtomicBool>);

impl Damage {
    /// Whether any value could not be read.
    pub fn is_found(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn tell(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// A shared value, or the bytes that it was saved as.
pub struct LazyCached<T>(Arc<Inner<T>>);

struct Inner<T> {
    /// None for a value that was made in this run.
    bytes: Option<(Bytes, Damage)>,
    value: OnceLock<Box<T>>,
}

impl<T> LazyCached<T> {
    /// A value that was saved as `bytes`. `damage` is told when they are no such value; what is read then is empty.
    pub fn saved(bytes: Bytes, damage: &Damage) -> LazyCached<T> {
        LazyCached(Arc::new(Inner { bytes: Some((bytes, damage.clone())), value: OnceLock::new() }))
    }

    /// Whether the value was made or looked at in this run.
    pub fn is_open(&self) -> bool {
        self.0.value.get().is_some()
    }
}

impl<T> Clone for LazyCached<T> {
    fn clone(&self) -> Self {
        LazyCached(self.0.clone())
    }
}

impl<T: Default> Default for LazyCached<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T> From<T> for LazyCached<T> {
    fn from(value: T) -> Self {
        LazyCached(Arc::new(Inner { bytes: None, value: OnceLock::from(Box::new(value)) }))
    }
}

impl<T: DeserializeOwned + Default> Deref for LazyCached<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.value.get_or_init(|| {
            let Some((bytes, damage)) = &self.0.bytes else { return Box::default() };
            match postcard::take_from_bytes(bytes) {
                Ok((value, [])) => Box::new(value),
                _ => {
                    damage.tell();
                    Box::default()
                }
            }
        })
    }
}

impl<T: DeserializeOwned + Default + std::fmt::Debug> std::fmt::Debug for LazyCached<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: DeserializeOwned + Default + PartialEq> PartialEq for LazyCached<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl<T: Serialize> Serialize for LazyCached<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (&self.0.bytes, self.0.value.get()) {
            (Some((bytes, _)), _) => serializer.serialize_bytes(bytes),
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
        let made: LazyCached<(String, Vec<u32>)> = ("Push-in".to_string(), vec![1, 2, 300]).into();
        assert!(made.is_open());
        let bytes = postcard::to_stdvec(&made).unwrap();
        let inner = Bytes::from(bytes.clone()).slice(1..);
        let kept: LazyCached<(String, Vec<u32>)> = LazyCached::saved(inner.clone(), &Damage::default());
        assert!(!kept.is_open());
        // What nobody looked at is saved as it was.
        assert_eq!(postcard::to_stdvec(&kept).unwrap(), bytes);
        assert!(!kept.is_open());
        assert_eq!(kept, made);
        assert!(kept.clone().is_open());
    }

    #[test]
    fn what_is_no_value_is_told() {
        let good = Bytes::from(postcard::to_stdvec(&("Push-in".to_string(), vec![1u32, 2, 300])).unwrap());
        let damage = Damage::default();
        assert_eq!(LazyCached::<(String, Vec<u32>)>::saved(good.clone(), &damage).0.value.get(), None);
        assert_eq!(LazyCached::<(String, Vec<u32>)>::saved(good.clone(), &damage).1, [1, 2, 300]);
        assert!(!damage.is_found());
        let longer = Bytes::from([&good[..], b"x"].concat());
        for bytes in [Bytes::new(), good.slice(..good.len() - 1), good.slice(1..), longer] {
            let damage = Damage::default();
            let kept: LazyCached<(String, Vec<u32>)> = LazyCached::saved(bytes, &damage);
            assert!(!damage.is_found(), "nobody has looked yet");
            assert_eq!(*kept, Default::default());
            assert!(damage.is_found());
        }
    }
}
