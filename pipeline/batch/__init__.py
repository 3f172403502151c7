"""Many files: walk a folder, give each file to a killable worker, keep the ledger."""
