package ingest

import (
	"regexp"
	"unicode/utf8"
)

// boilerplates are lines of the page that are no part of the article. Each pattern must cover a
// line from its start; a line of prose that merely holds such words stays.
var boilerplates = []struct {
	re  *regexp.Regexp
	why string
}{
	{regexp.MustCompile(`(?i)^to (?:write|post|leave) (?:a )?comments?, (?:please )?(?:log|sign) ?in\b`), "comment form of the page"},
	{regexp.MustCompile(`(?i)^(?:please )?(?:log|sign) ?in to (?:comment|write|leave|post)\b`), "comment form of the page"},
	{regexp.MustCompile(`(?i)^(?:standards board policy\b|\(?\d+\s?/\s?\d+\s?자?\)?$)`), "comment form of the page"},
	{regexp.MustCompile(`댓글.{0,20}(?:로그인|회원)|로그인.{0,20}댓글|^댓글(?:\s?(?:쓰기|보기|달기|등록|정책|운영\s?원칙))?\s?[\d(),/자]*$`), "comment form of the page"},
	{regexp.MustCompile(`(?i)^[\[(]*email[\s\x{a0}]+protected[\])]*$`), "hidden address"},
	{regexp.MustCompile(`(?i)^(?:in (?:cooperation|association|partnership) )?` + partner + `$`), "partner line of the page"},
	{regexp.MustCompile(`(?i)^(?:copyright\b\W{0,3}(?:\(c\)|©|ⓒ|\d{4})|[©ⓒ]|\(c\)\s|all rights reserved)`), "copyright notice"},
	{regexp.MustCompile(`^[<\[(※*\s]*(?:저작권자|Copyright\b)|무단\s?전재|재배포\s?(?:및|금지)|저작권자\s?[ⓒ©(]`), "copyright notice"},
	{regexp.MustCompile(`(?i)^(?:advertisement|광고|(?:story|continue reading) (?:continues )?below(?: advertisement)?|article continues (?:below|after).*)$`), "advertisement mark"},
	{regexp.MustCompile(`(?i)^(?:share(?: this)?(?: article| story)?|print(?: article)?|e-?mail|facebook|twitter|copy link|공유(?:하기)?|인쇄(?:하기)?|스크랩|글자\s?크기.*|좋아요\s?\d*|구독(?:하기)?|url\s?복사)$`), "tools of the page"},
	{regexp.MustCompile(`(?i)^(?:sign up (?:for|to) (?:our|the|get)\b|subscribe to (?:our|the)\b|follow (?:us|@\w+|.{1,60}) on (?:facebook|twitter|instagram|x|threads|youtube|telegram|whatsapp)\b|follow .{1,80}https?://|reach .{1,60} (?:on|at) (?:twitter|https?:)|thanks for signing up|keep an eye on your inbox|this site is protected by recaptcha|(?:privacy policy|terms of (?:service|use))\b.{0,40}$|there was an error processing your|download (?:the|our) .{0,30}\bapp\b|click here to (?:sign|subscribe|read|get|download)|get the latest .{0,60}(?:newsletter|inbox|app)\b|sign up for .{0,30}(?:newsletter|updates|alerts)$)`), "invitation of the page"},
	{regexp.MustCompile(`(?i)^(?:related(?: (?:articles?|stories|news|coverage|links?|content))?:?|more (?:on this story|from .{1,40}|stories):?|most (?:read|popular|viewed)(?: in .{1,30})?|recommended(?: for you)?|you may also like:?|trending(?: now)?|관련\s?기사|많이 본 (?:뉴스|기사)|추천\s?(?:기사|뉴스)|주요\s?뉴스|이 기사와 함께.*)$`), "links to other pages"},
	{regexp.MustCompile(`(?i)^(?:read (?:more|also|next)|related|see also|more|watch(?: now| below)?|also read|don't miss|관련기사|▶|☞|◆\s?관련)\s?[:：>|]`), "links to other pages"},
	{regexp.MustCompile(`^[※▶☞\[<\s]*(?:기사\s?제보|제보(?:하기|는|전화)|카카오톡\s?:|여러분의 제보)`), "invitation of the page"},
}

// partner is the line under a credit that names the paper the article was shared with.
const partner = `with (?:the )?(?-i:(?:[A-Z…][\pL'’.&…-]*)(?: (?:of |and |the )?[A-Z…][\pL'’.&…-]*){0,6})`

// boilerplate says why a line is no part of the article; "" when it is one. Long lines are prose.
func boilerplate(line string) string {
	if n := utf8.RuneCountInString(line); n == 0 || n > 240 {
		return ""
	}
	for _, b := range boilerplates {
		if b.re.MatchString(line) {
			return b.why
		}
	}
	return ""
}
