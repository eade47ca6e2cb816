//! Arrow's C interface: how a table is handed to other libraries without a copy. The one file with `unsafe`.
//!
//! The structures and what each side owes the other are those of the Arrow project's page on its C data interface and C
//! stream interface. In short: who is handed a structure calls its `release` once and never again; who moves a structure
//! away sets the `release` of the place it was moved from to null; a parent releases those children that nobody moved.
#![allow(unsafe_code)]

use std::ffi::{CString, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::Arc;

use crate::lanes::{Buffer, Lane};

/// The names and types of a table.
#[repr(C)]
pub struct Schema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    n_children: i64,
    children: *mut *mut Schema,
    dictionary: *mut Schema,
    release: Option<unsafe extern "C" fn(*mut Schema)>,
    private: *mut c_void,
}

/// The values of a table.
#[repr(C)]
pub struct Array {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *mut *const c_void,
    children: *mut *mut Array,
    dictionary: *mut Array,
    release: Option<unsafe extern "C" fn(*mut Array)>,
    private: *mut c_void,
}

/// A table that is handed over piece by piece; here in one.
#[repr(C)]
pub struct Stream {
    schema: Option<unsafe extern "C" fn(*mut Stream, *mut Schema) -> c_int>,
    next: Option<unsafe extern "C" fn(*mut Stream, *mut Array) -> c_int>,
    last_error: Option<unsafe extern "C" fn(*mut Stream) -> *const c_char>,
    release: Option<unsafe extern "C" fn(*mut Stream)>,
    private: *mut c_void,
}

// SAFETY: what they point to is owned by them, never changed, and shared in `Arc`s of what may be sent.
unsafe impl Send for Schema {}
// SAFETY: as above.
unsafe impl Send for Stream {}

/// The flag of a column in which values may be missing.
const NULLABLE: i64 = 2;

/// What a [`Schema`] points to.
struct Words {
    name: CString,
    metadata: Vec<u8>,
    children: Vec<*mut Schema>,
}

impl Schema {
    /// Of a table or a column.
    pub fn of(lane: &Lane) -> Schema {
        let children = lane.children.iter().map(|child| Box::into_raw(Box::new(Schema::of(child)))).collect();
        let words = Box::new(Words { name: lane.name.clone(), metadata: lane.metadata.clone(), children });
        let words = Box::into_raw(words);
        // SAFETY: just made, and given back by `release` alone.
        let held = unsafe { &mut *words };
        Schema {
            format: lane.format.as_ptr(),
            name: held.name.as_ptr(),
            metadata: if held.metadata.is_empty() { null() } else { held.metadata.as_ptr().cast() },
            flags: if lane.nullable { NULLABLE } else { 0 },
            n_children: held.children.len() as i64,
            children: held.children.as_mut_ptr(),
            dictionary: lane.dictionary.as_ref().map_or(null_mut(), |of| Box::into_raw(Box::new(Schema::of(of)))),
            release: Some(release_schema),
            private: words.cast(),
        }
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: it is ours and was neither released nor moved away, or there would be no `release`.
            unsafe { release(self) }
        }
    }
}

/// Gives back what a schema holds.
unsafe extern "C" fn release_schema(schema: *mut Schema) {
    // SAFETY: the caller hands over a schema of ours that was not released; its boxes were made by `Schema::of`, and a
    // child that was moved away has no `release` left, so that dropping its box frees the place alone.
    unsafe {
        let words = Box::from_raw((*schema).private.cast::<Words>());
        words.children.iter().for_each(|child| drop(Box::from_raw(*child)));
        if !(*schema).dictionary.is_null() {
            drop(Box::from_raw((*schema).dictionary));
        }
        (*schema).release = None;
    }
}

/// What an [`Array`] points to; the buffers are held for as long as it is.
struct Held {
    _buffers: Vec<Buffer>,
    places: Vec<*const c_void>,
    children: Vec<*mut Array>,
    _table: Arc<Lane>,
}

impl Array {
    /// Of a table.
    fn of(table: &Arc<Lane>) -> Array {
        Array::within(table, table)
    }

    fn within(table: &Arc<Lane>, lane: &Lane) -> Array {
        let children = lane.children.iter().map(|child| Box::into_raw(Box::new(Array::within(table, child)))).collect();
        let places = lane.buffers.iter().map(Buffer::at).collect();
        let held = Held { _buffers: lane.buffers.clone(), places, children, _table: table.clone() };
        let held = Box::into_raw(Box::new(held));
        // SAFETY: just made, and given back by `release` alone.
        let inner = unsafe { &mut *held };
        let dictionary = lane.dictionary.as_ref();
        Array {
            length: lane.length as i64,
            null_count: lane.nulls as i64,
            offset: 0,
            n_buffers: inner.places.len() as i64,
            n_children: inner.children.len() as i64,
            buffers: inner.places.as_mut_ptr(),
            children: inner.children.as_mut_ptr(),
            dictionary: dictionary.map_or(null_mut(), |of| Box::into_raw(Box::new(Array::within(table, of)))),
            release: Some(release_array),
            private: held.cast(),
        }
    }

    /// The end of a stream.
    fn none() -> Array {
        Array {
            length: 0,
            null_count: 0,
            offset: 0,
            n_buffers: 0,
            n_children: 0,
            buffers: null_mut(),
            children: null_mut(),
            dictionary: null_mut(),
            release: None,
            private: null_mut(),
        }
    }
}

impl Drop for Array {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: as for a schema.
            unsafe { release(self) }
        }
    }
}

/// Gives back what an array holds.
unsafe extern "C" fn release_array(array: *mut Array) {
    // SAFETY: as for a schema.
    unsafe {
        let held = Box::from_raw((*array).private.cast::<Held>());
        held.children.iter().for_each(|child| drop(Box::from_raw(*child)));
        if !(*array).dictionary.is_null() {
            drop(Box::from_raw((*array).dictionary));
        }
        (*array).release = None;
    }
}

/// What a [`Stream`] points to.
struct Source {
    table: Arc<Lane>,
    given: bool,
}

impl Stream {
    /// Of a table.
    pub fn of(table: &Arc<Lane>) -> Stream {
        let source = Box::new(Source { table: table.clone(), given: false });
        Stream {
            schema: Some(stream_schema),
            next: Some(stream_next),
            last_error: Some(stream_error),
            release: Some(release_stream),
            private: Box::into_raw(source).cast(),
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: as for a schema.
            unsafe { release(self) }
        }
    }
}

unsafe extern "C" fn stream_schema(stream: *mut Stream, out: *mut Schema) -> c_int {
    // SAFETY: the caller hands over a stream of ours that was not released, and room for a schema.
    unsafe {
        let source = &*(*stream).private.cast::<Source>();
        out.write(Schema::of(&source.table));
    }
    0
}

unsafe extern "C" fn stream_next(stream: *mut Stream, out: *mut Array) -> c_int {
    // SAFETY: as above, and a stream is read by one thread at a time.
    unsafe {
        let source = &mut *(*stream).private.cast::<Source>();
        out.write(if source.given { Array::none() } else { Array::of(&source.table) });
        source.given = true;
    }
    0
}

unsafe extern "C" fn stream_error(_: *mut Stream) -> *const c_char {
    null()
}

unsafe extern "C" fn release_stream(stream: *mut Stream) {
    // SAFETY: as for a schema.
    unsafe {
        drop(Box::from_raw((*stream).private.cast::<Source>()));
        (*stream).release = None;
    }
}
