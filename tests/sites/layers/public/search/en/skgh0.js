guidepostSearch(`en/skgh0
0AS easy
0BST visit
0FR free
0MDL model
0RM room
0STRT start
0TKST text
`)
