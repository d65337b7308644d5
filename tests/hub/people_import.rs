//! People from a spreadsheet: all of them or none.

use serde_json::{Value, json};

use crate::support::{Api, TestHub};

async fn import(api: &Api, csv: &str, dry_run: bool) -> Value {
    api.post("/api/employees/import", json!({ "csv": csv, "dryRun": dry_run })).await.ok()
}

async fn codes(api: &Api) -> Vec<String> {
    let people = api.get("/api/employees").await.ok();
    let codes = people.as_array().unwrap().iter().map(|row| row["employeeId"].as_str().unwrap().to_owned());
    codes.collect()
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let team = admin.team("Night shift").await;
    let csv = "code;name;email;team;role\nINT1;Ada Lovelace;ada@example.org;night shift;\nINT2;Bob;BOB@example.org;;manager\n\
               ;Admin;admin@example.org;;\n";
    let planned = import(&admin, csv, true).await;
    assert_eq!((&planned["created"], &planned["problems"]), (&json!(0), &json!(0)));
    let actions = planned["rows"].as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap());
    assert_eq!(actions.collect::<Vec<_>>(), ["create", "create", "skip"]);
    assert_eq!(codes(&admin).await, ["ADMIN"]);

    let done = import(&admin, csv, false).await;
    assert_eq!((&done["created"], &done["rows"][0]["problem"]), (&json!(2), &Value::Null));
    let ada = admin.get("/api/employees/INT1").await.ok();
    assert_eq!((&ada["teamId"], &ada["role"], &ada["signIn"]), (&json!(team), &json!("employee"), &json!("none")));
    assert_eq!(admin.get("/api/employees/INT2").await.ok()["role"], "manager");
    let again = import(&admin, csv, false).await;
    assert_eq!((&again["created"], &again["problems"]), (&json!(0), &json!(0)), "the same file again does no harm");
}

#[tokio::test]
async fn one_wrong_line_stops_them_all_and_every_problem_is_named() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let csv = "name,email,code,team,role\n\
               Right,right@example.org,,,\n\
               ,nameless@example.org,,,\n\
               No mail,nowhere,,,\n\
               Bad code,code@example.org,../x,,\n\
               No team,team@example.org,,Nobody's,\n\
               No role,role@example.org,,,king\n\
               Twice,RIGHT@example.org,,,\n\
               Taken,taken@example.org,E1,,\n\
               Other code,e1@example.org,E9,,\n\
               ,nowhere,../x,Nobody's,king\n\
               Short\n";
    let result = import(&admin, csv, false).await;
    assert_eq!((&result["created"], &result["problems"]), (&json!(0), &json!(10)));
    let rows = result["rows"].as_array().unwrap();
    let starts = ["", "name", "email", "code", "team", "role", "email", "code", "email", "name", "it has"];
    for (row, start) in rows.iter().zip(starts) {
        let problem = row["problem"].as_str().unwrap_or_default();
        assert!(problem.starts_with(start) && problem.is_empty() == start.is_empty(), "{row}");
    }
    let all = rows[9]["problem"].as_str().unwrap().split("; ").map(|problem| problem.split(':').next().unwrap());
    assert_eq!(all.collect::<Vec<_>>(), ["name", "email", "email", "code", "team", "role"], "all of one line");
    assert_eq!(rows[10]["line"], 12);
    assert_eq!(codes(&admin).await, ["ADMIN", "E1"]);
}

#[tokio::test]
async fn a_manager_imports_employees_of_the_own_teams() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let mine = admin.team("Mine").await;
    admin.team("Other").await;
    admin.create("BOSS", "manager", Some(&mine)).await;
    let boss = hub.sign_in("boss@example.org").await;
    let file = |team: &str, role: &str| format!("name,email,team,role\nAda,ada@example.org,{team},{role}\n");
    for (team, role) in [("Other", "employee"), ("", "employee"), ("Mine", "manager"), ("Mine", "admin")] {
        let refused = import(&boss, &file(team, role), false).await;
        assert_eq!((&refused["created"], &refused["problems"]), (&json!(0), &json!(1)), "{team} {role}");
    }
    assert_eq!(import(&boss, &file("Mine", "employee"), false).await["created"], 1);
}

#[tokio::test]
async fn a_file_that_is_no_table_of_people_is_refused() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let many = format!("name,email\n{}", "A,a@example.org\n".repeat(1_001));
    for csv in ["", "just text", "name,phone\nAda,1\n", many.as_str()] {
        let body = json!({ "csv": csv, "dryRun": true });
        let refused = admin.post("/api/employees/import", body).await.refused(422, "invalid");
        assert_eq!(refused["fields"][0]["field"], "csv");
    }
}
