guidepostSearch(`en/d0-r0a
	0	0	scheduled.html	Scheduled	
	Scheduled	2	Text.
	1	0	expired.html	Expired	
	Expired	2	Text.
	2	0	index.html	Start	
	Start	2	To a draft.
	3	0	draft.html	Draft	
	Draft	2	Text.
`)
