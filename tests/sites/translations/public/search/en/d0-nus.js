guidepostSearch(`en/d0-nus
	0	0	current.html	Current	
	Current	2	This text has not.
	1	0	only.html	Only in English	
	Only in English	2	Back to the start.
	2	0	old.html	Old	
	Old	2	This text has changed since.
	3	0	index.html	Start	
	Start	2	To only English, old and current.
`)
