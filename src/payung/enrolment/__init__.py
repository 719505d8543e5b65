"""The main job: from village spreadsheets to an enrolment file."""
