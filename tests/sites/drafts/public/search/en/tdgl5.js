guidepostSearch(`en/tdgl5
0draft:241W6
0expired:1W6
0scheduled:0W6
1tart:2W6
0text:041424
`)
