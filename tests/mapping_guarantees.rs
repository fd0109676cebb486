//! What must hold of every mapping, tried on all published providers that are at hand.

#[path = "common/data.rs"]
#[expect(dead_code, reason = "shared with tests that need more")]
mod data;
#[path = "common/published/mod.rs"]
#[allow(dead_code, reason = "shared with tests that need more")]
mod published;

use published::guarantees;
use spgen::mapping::{Conventions, Reviewed, Table, infer};

#[test]
fn every_published_provider_can_be_mapped() {
    let Some(folder) = data::folder() else { return };
    for provider in published::sorted(&folder.join("providers")).expect("providers") {
        let name = published::file_name(&provider);
        let (services, _) = published::load(&provider.join("v00.00.00000/services")).expect("services");
        let outcome = infer(&services, &Table::default(), &Conventions::default());
        assert_eq!(guarantees::broken(&services, &outcome), [""; 0], "{name}");
        assert_eq!(guarantees::reserved_methods(&outcome.table), [""; 0], "{name}");

        // Every seventh row reviewed, with a name that no scheme makes: it stands, and what must hold still holds.
        let mut reviewed = Table::default();
        for row in outcome.table.rows.iter().step_by(7) {
            let mut row = row.clone();
            row.resource = format!("zz_{}", row.resource).into();
            row.reviewed = Reviewed::Yes;
            reviewed.rows.push(row);
        }
        let again = infer(&services, &reviewed, &Conventions::default());
        assert_eq!(guarantees::broken(&services, &again), [""; 0], "{name}, reviewed");
        assert_eq!(guarantees::changed_rows(&again.table, &reviewed), [""; 0], "{name}");
    }
}
