package moderation

import "testing"

func TestResolve(t *testing.T) {
	held, published, refused := Reviewed{1, Hold}, Reviewed{1, Publish}, Reviewed{1, Refuse}
	approve, reject, withdraw := Decision{Version: 1, Action: Approve}, Decision{Version: 1, Action: Reject}, Decision{Version: 1, Action: Withdraw}
	tests := []struct {
		name      string
		version   int
		reviews   []Reviewed
		decisions []Decision
		want      State
	}{
		{"nothing known", 1, nil, nil, Pending},
		{"held", 1, []Reviewed{held}, nil, Pending},
		{"published by the review", 1, []Reviewed{published}, nil, Published},
		{"a refusal never publishes", 1, []Reviewed{refused}, nil, Pending},
		{"the last review stands", 1, []Reviewed{published, held}, nil, Pending},
		{"approved", 1, []Reviewed{held}, []Decision{approve}, Published},
		{"rejected", 1, []Reviewed{published}, []Decision{reject}, Rejected},
		{"the last decision stands", 1, []Reviewed{held}, []Decision{approve, reject}, Rejected},
		{"overturned", 1, []Reviewed{held}, []Decision{reject, approve}, Published},
		{"an old approval does not publish new words", 2, []Reviewed{held, {2, Hold}}, []Decision{approve}, Pending},
		{"an old review does not either", 2, []Reviewed{published}, nil, Pending},
		{"an old rejection does not reject them", 2, []Reviewed{held, {2, Publish}}, []Decision{reject}, Published},
		{"a decision about words to come", 1, []Reviewed{held}, []Decision{{Version: 2, Action: Approve}}, Pending},
		{"withdrawn", 1, []Reviewed{held}, []Decision{approve, withdraw}, Withdrawn},
		{"withdrawn is final", 2, []Reviewed{held, {2, Publish}}, []Decision{withdraw, {Version: 2, Action: Approve}}, Withdrawn},
		{"reopened", 1, []Reviewed{published}, []Decision{reject, {Version: 1, Action: Reopen}}, Published},
		{"reopened by reports", 1, []Reviewed{published}, []Decision{approve, {Version: 1, Action: Reopen, Clause: "respect"}}, Pending},
		{"unknown action", 1, []Reviewed{held}, []Decision{{Version: 1, Action: "praise"}}, Pending},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Resolve(tt.version, tt.reviews, tt.decisions); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
