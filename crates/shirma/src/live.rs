//! What open pages hear at once: that something changed and where. Ids only; the page fetches what its reader may see.

use std::sync::{Mutex, PoisonError};

use tokio::sync::broadcast;

/// Events a slow page may lag behind before it is told to reload.
const LIVE_BACKLOG: usize = 256;

/// Something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveEvent {
    /// The dialog it is about.
    pub dialog: i64,
    /// What.
    pub kind: LiveKind,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveKind {
    /// A message came, went, changed or was delivered.
    Message,
    /// Who leads the dialog, or its state.
    State,
    /// An alarm was raised or seen; about no dialog.
    Alarm,
}

/// The feed all pages listen to, until it ends.
pub struct Feed(Mutex<Option<broadcast::Sender<LiveEvent>>>);

impl Default for Feed {
    fn default() -> Self {
        Feed(Mutex::new(Some(broadcast::channel(LIVE_BACKLOG).0)))
    }
}

impl Feed {
    /// Tells every open page. Nobody listening is fine.
    pub fn tell(&self, dialog: i64, kind: LiveKind) {
        if let Some(news) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            let _listeners = news.send(LiveEvent { dialog, kind });
        }
    }

    /// Tells every open page that an alarm was raised or seen: who may not read alarms is not told by his page.
    pub fn ring_alarm(&self) {
        self.tell(0, LiveKind::Alarm);
    }

    /// Listens from now on; an ended feed says so at once.
    pub fn listen(&self) -> broadcast::Receiver<LiveEvent> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(news) => news.subscribe(),
            None => broadcast::channel(1).1,
        }
    }

    /// Ends the stream of every open page: a program that stops waits for none of them.
    pub fn end(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::broadcast::error::TryRecvError;

    use super::*;

    #[test]
    fn an_ended_feed_ends_every_listener_and_takes_no_new_ones() {
        let feed = Feed::default();
        let mut early = feed.listen();
        feed.tell(7, LiveKind::State);
        feed.end();
        feed.tell(8, LiveKind::State);
        assert_eq!(early.try_recv().map(|news| news.dialog), Ok(7));
        assert_eq!(early.try_recv(), Err(TryRecvError::Closed));
        assert_eq!(feed.listen().try_recv(), Err(TryRecvError::Closed));
    }
}
