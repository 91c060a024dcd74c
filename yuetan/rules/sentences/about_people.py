"""The sentences about who interviews, who is interviewed and who decides, as they stand today."""

ABOUT_PEOPLE: dict[str, str] = {
    "name_unfit": "姓名须写一个人的全名，只用文字和间隔号（·），不带职务、数字和标点。",
    "interviewee_missing": "尚未选定约谈对象（{heads}）。",
    "interviewee_not_head": "{name}不是{unit}现任{heads}，不能作为约谈对象{healing}。",
    "interviewees_need_different_interviewers": "所选约谈对象职级不同，约谈人也就不同，请分别提出建议{healing}。",
    "interviewer_missing": "尚未指定约谈人（{post}）{healing}。",
    "interviewer_post_vacant": "{why}，没有可以代行的领导，不能确定约谈人；请系统管理员登记{posts}任职{healing}。",
    "wrong_interviewer": "约谈人应为{post}，{name}现不任此职{healing}。",
    "interviewer_recused": "{name}现任被约谈单位{titles}，应当回避，不能作为约谈人{healing}。",
    "acting_no_longer": "{post}现已有人可以约谈，{name}不再代行{healing}。",
    "unit_without_heads": "{unit}现无在任的{heads}，{what}无人办理；请系统管理员先登记任职（主持工作的也请登记）。",
    # 改期与请假
    "interviewee_post_vacant": "{unit}{post}暂缺，没有可以约谈的人，请系统管理员登记新任后改期；"
    "不再约谈的，请审定领导撤回。",
    "interviewees_not_as_approved": "改期不得增减约谈对象，经审定的是{approved}；须增减的，请撤回后另行报审。",
    "successor_needs_another_interviewer": "{name}（{rank}）应由{post}约谈，不能以改期更换约谈人；请撤回后另行报审。",
    "interviewer_still_in_post": "约谈人{name}仍任{post}，改期不得更换约谈人。",
    "interviewee_left_post": "约谈对象{name}已不任{title}，须先改期，通知现任{heads}。",
    "interviewee_left_vacant": "约谈对象{name}已不任{title}，现任{heads}暂缺，不能约谈；"
    "请系统管理员登记新任后改期，不再约谈的请审定领导撤回。",
    "interviewer_left_post": "约谈人{name}已不任{post}，须先改期，确定{now}为约谈人。",
    "interviewer_barred_now": "约谈人{name}现任被约谈单位{titles}，应当回避，须先改期，确定{now}为约谈人。",
    "everybody_on_leave": "约谈对象均已准假，须先改期。",
    # 到会与缺席
    "attendance_left_office": "{name}已不任{title}，到会情况请选“已离任”。",
    "attendance_twice": "{name}的到会情况填写了两次，请只填一次。",
    "attendance_still_in_office": "{name}仍任{title}，不能记为“已离任”。",
    "attendance_not_named": "{name}不是本次约谈的约谈对象，到会情况只填约谈对象；其他人员请填入“列席人员”。",
    "nobody_came_after_all": "约谈对象至少有一人到会；均未到会的，约谈没有进行，不能记入纪要，请核对到会情况。",
    "nobody_came": "约谈对象均未到会，不能记为已约谈；请办理“记录缺席”，再办理“改期”，另行约谈。",
    "absence_recorded": "本次约谈的缺席情况已由{name}于{time}记录，请办理“改期”，另行约谈。",
    "absence_cause_missing": "尚未写明{name}缺席的情况。",
}
