//! What we declare: one durable quorum queue a name, reached over the default exchange.

use lapin::Channel;
use lapin::options::QueueDeclareOptions;
use lapin::types::{AMQPValue, FieldTable, ShortString};

use crate::QueueName;

#[derive(Debug, Clone)]
pub(crate) struct Topology {
    prefix: String,
}

impl Topology {
    pub(crate) fn new(prefix: String) -> Self {
        Self { prefix }
    }

    pub(crate) fn queue(&self, name: QueueName) -> String {
        format!("{}.{name}", self.prefix)
    }

    /// Declares everything; changes nothing that exists already.
    ///
    /// The arguments hold no setting: a broker refuses a declaration that differs from the
    /// first, so a changed setting would keep the platform from starting. That is why the
    /// bound on redeliveries is ours to count. A broker of release 4 has one of its own; the
    /// dead-letter route makes that one park, too, instead of dropping.
    pub(crate) async fn declare(&self, channel: &Channel) -> lapin::Result<()> {
        for name in QueueName::ALL {
            let mut arguments = FieldTable::default();
            arguments.insert("x-queue-type".into(), text("quorum"));
            if name != QueueName::Parking {
                arguments.insert("x-dead-letter-exchange".into(), text(""));
                arguments.insert("x-dead-letter-routing-key".into(), text(&self.queue(QueueName::Parking)));
            }
            let queue = ShortString::from(self.queue(name));
            channel.queue_declare(queue, QueueDeclareOptions::durable(), arguments).await?;
        }
        Ok(())
    }
}

fn text(value: &str) -> AMQPValue {
    AMQPValue::LongString(value.into())
}
