guidepostSearch(`en/d0-dm4
	0	0	current.html	Current	
	Current	2	Text.
	1	0	not-due.html	Not due	
	Not due	2	Text.
	2	0	today.html	Today	
	Today	2	Text.
	3	0	index.html	Start	
	Start	2	To the expired, the scheduled, the current and today.
	4	0	due.html	Due	
	Due	2	Text.
`)
