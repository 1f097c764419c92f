//! Numbers told by the words beside them: for each kind the labels people use, the places of the number, its
//! groupings, and the numbers that only stand beside such words.

mod address;
mod birth;
mod check;
mod handle;
mod license;
mod medcard;
mod paper;
mod plain;
mod plate;
mod plate_told;
mod secret;
mod secret_field;
mod secret_told;
mod torn;
mod vehicle;
mod vehicle_number;
