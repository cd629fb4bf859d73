"""/desk/inspections/ for who plans and draws, /inspections/ for everybody."""
