//! What open pages hear at once: that something changed and where. Ids only; the page fetches what its reader may see.

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
}

/// The feed all pages listen to.
#[derive(Clone)]
pub struct Feed(broadcast::Sender<LiveEvent>);

impl Default for Feed {
    fn default() -> Self {
        Feed(broadcast::channel(LIVE_BACKLOG).0)
    }
}

impl Feed {
    /// Tells every open page. Nobody listening is fine.
    pub fn tell(&self, dialog: i64, kind: LiveKind) {
        let _listeners = self.0.send(LiveEvent { dialog, kind });
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<LiveEvent> {
        self.0.subscribe()
    }
}
