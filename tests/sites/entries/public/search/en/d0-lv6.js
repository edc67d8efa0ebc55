guidepostSearch(`en/d0-lv6
	0	0	activities.html	Activities	
	Activities	2	Ideas to try. See tongs and the other.
-	For hands		
-	Tongs	0	Squeeze and sort.
putty-hunt	Find it in putty	0	Pull it out.
	0	4	activities.html	Activities	
-	A heading inside		More.
-	For eyes		
-	Mazes	0	Draw.
	1	0	index.html	Start	
	Start	2	The start.
`)
